import shutil
import tempfile
import unittest

from . import support  # noqa: F401  (the path)
from energy_desk.outbox import Outbox

ORDER = ("7", "65K", 65000, "1h", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "5.2")


class OnTheDisk(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="energy-desk-outbox-")
        self.outbox = Outbox(self.folder)

    def tearDown(self):
        self.outbox.close()
        shutil.rmtree(self.folder)

    def restart(self):
        """Without a word of goodbye: nothing is written when a process is killed."""
        self.outbox.close()
        self.outbox = Outbox(self.folder)

    def test_an_order_is_there_before_its_first_try_and_after_a_crash(self):
        order_id = self.outbox.open_or_new(*ORDER)["id"]
        self.restart()
        known = self.outbox.get(order_id)
        self.assertEqual((known["state"], known["maybe_sent"]), ("UNSURE", 0))
        self.assertEqual(self.outbox.open_or_new(*ORDER)["id"], order_id)

    def test_a_try_that_was_under_way_in_a_crash_may_have_arrived(self):
        order_id = self.outbox.open_or_new(*ORDER)["id"]
        self.outbox.sending(order_id)
        self.restart()
        self.assertEqual(self.outbox.get(order_id)["maybe_sent"], 1)
        # And one of an order that waits: a "no" to the next try is not the last word on it.
        self.outbox.move(order_id, "WAITING")
        self.outbox.unanswered(order_id, False)
        self.restart()
        self.assertEqual((self.outbox.get(order_id)["state"], self.outbox.get(order_id)["maybe_sent"]), ("WAITING", 1))

    def test_a_try_that_was_answered_leaves_nothing_open(self):
        order_id = self.outbox.open_or_new(*ORDER)["id"]
        self.outbox.sending(order_id)
        self.outbox.answered(order_id)
        self.outbox.move(order_id, "REFUSED", "INSUFFICIENT_BALANCE")
        self.restart()
        self.assertEqual((self.outbox.open(), self.outbox.get(order_id)["maybe_sent"]), ([], 0))
        self.assertNotEqual(self.outbox.open_or_new(*ORDER)["id"], order_id)

    def test_what_is_placed_stays_placed_and_the_next_one_is_another(self):
        order_id = self.outbox.open_or_new(*ORDER)["id"]
        self.outbox.placed(order_id, "desk-1")
        self.outbox.move(order_id, "REFUSED", "NOT_PLACED")
        self.assertEqual(self.outbox.get("desk-1")["state"], "PLACED")
        self.assertNotEqual(self.outbox.open_or_new(*ORDER)["id"], order_id)

    def test_only_the_same_content_of_the_same_user_is_the_same_order(self):
        first = self.outbox.open_or_new(*ORDER)["id"]
        for place, value in [(0, "8"), (2, 65001), (3, "1d"), (4, "TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8")]:
            other = list(ORDER)
            other[place] = value
            self.assertNotEqual(self.outbox.open_or_new(*other)["id"], first)
        self.assertEqual(self.outbox.open_or_new(*ORDER)["id"], first)

    def test_an_offer_that_is_taken_up_by_ordering_again_keeps_its_id(self):
        first = self.outbox.open_or_new(*ORDER)["id"]
        self.outbox.move(first, "OFFERED", "AWAY")
        self.assertEqual(self.outbox.open(), [])
        again = self.outbox.open_or_new(*(ORDER[:5] + ("6",)))
        self.assertEqual((again["id"], again["state"], again["max_price"]), (first, "TRYING", "6"))

    def test_one_thread_at_a_time_has_an_order(self):
        self.assertTrue(self.outbox.begin("a"))
        self.assertFalse(self.outbox.begin("a"))
        self.outbox.end("a")
        self.assertTrue(self.outbox.begin("a"))


if __name__ == "__main__":
    unittest.main()
