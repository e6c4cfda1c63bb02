import os
import re
import signal
import subprocess
import sys
import threading
import unittest
from datetime import datetime

from energy_desk import orders as orders_module

from .support import UNUSED_ADDRESS, DeskCase, control, models, wait_until

KEYS = {
    "id", "user_id", "energy_amount", "duration", "duration_hours", "receive_address", "status",
    "tx_hash", "cost_trx", "created_at", "completed_at", "error_message",
}


class Placing(DeskCase):
    def test_an_order_comes_to_completed(self):
        self.credit("20")
        self.assertEqual(self.session.user_balance, {"TRX": "20.000", "USDT": "0.00"})
        cost = models.calculate_mock_cost("65K", "1h")
        self.assertRegex(cost, r"^\d+\.\d\d$")
        address = self.address()
        answer = self.session.create_order("65K", "1h", address)
        self.assertEqual(set(answer), {"success", "order"})
        self.assertIs(answer["success"], True)
        order = answer["order"]
        self.assertEqual(set(order), KEYS)
        self.assertEqual(
            {name: order[name] for name in ("user_id", "energy_amount", "duration", "duration_hours", "receive_address", "cost_trx")},
            {"user_id": self.user_id, "energy_amount": "65K", "duration": "1h", "duration_hours": 1, "receive_address": address, "cost_trx": cost},
        )
        self.assertEqual((order["status"], order["tx_hash"]), ("pending", "pending"))
        self.assertIsNone(order["completed_at"])
        self.assertEqual(self.session.last_order_id, order["id"])

        def done():
            seen = self.session.get_order_status(order["id"])
            self.assertIn(seen["status"], ("pending", "processing", "completed"))
            return seen if seen["status"] == "completed" else None

        seen = wait_until("the order is completed", done)
        self.assertEqual(set(seen), KEYS)
        self.assertRegex(seen["tx_hash"], "^[0-9a-f]{64}$")
        self.assertGreaterEqual(
            datetime.fromisoformat(seen["completed_at"]), datetime.fromisoformat(seen["created_at"])
        )
        self.assertIsNone(seen["error_message"])
        self.assertIn("done", models.order_status_text(self.user_id, order["id"]))
        wait_until("the balance is less", lambda: float(self.session.user_balance["TRX"]) < 20)
        self.assertEqual(len(self.orders()), 1)

    def test_an_order_is_its_user_s_alone(self):
        self.credit("20")
        order = self.session.create_order("65000", "1h", self.address())["order"]
        other = models.get_user_session(self.user_id + 500000000)
        self.assertIsNone(other.get_order_status(order["id"]))
        self.assertIsNone(self.session.get_order_status("no such"))
        self.assertIsNone(self.session.get_order_status(None))
        # By a bot whose disk is gone, too.
        self.environment(ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "other"))
        self.assertIsNone(other.get_order_status(order["id"]))
        self.assertEqual(self.session.get_order_status(order["id"])["energy_amount"], "65K")

    def test_bad_input_is_refused_with_a_sentence(self):
        address = self.address()
        for arguments, code in [
            (("lots", "1h", address), "BAD_ENERGY"),
            (("65K", "1h", "Tnothing"), "BAD_ADDRESS"),
            (("65K", "1h", None), "BAD_ADDRESS"),
            (("65K", "2h", address), "UNKNOWN_DURATION"),
            (("1", "1h", address), "ENERGY_OUT_OF_RANGE"),
            (("65K", "1h", address), "INSUFFICIENT_BALANCE"),
            (("65K", "1h", UNUSED_ADDRESS), "ADDRESS_NOT_ACTIVATED"),
        ]:
            english = self.session.create_order(*arguments)
            self.assertEqual((english["success"], english["code"]), (False, code), arguments)
            self.session.language = "zh"
            chinese = self.session.create_order(*arguments)
            self.session.language = "en"
            self.assertRegex(chinese["message"], "[\u4e00-\u9fff]")
            self.assertNotIn("?", english["message"] + chinese["message"])
        self.assertEqual(self.orders(), [])
        self.assertEqual(self.session.open_orders(), [])

    def test_a_price_that_was_not_shown_is_not_charged(self):
        self.credit("20")
        session, address = self.session, self.address()
        session.selected_energy, session.selected_duration = "65K", "1h"
        session.computed_cost = "0.01"
        refused = session.create_order("65K", "1h", address)
        self.assertEqual((refused["success"], refused["code"]), (False, "PRICE_CHANGED"))
        self.assertEqual(session.computed_cost, models.calculate_mock_cost("65K", "1h"))
        self.assertIs(session.create_order("65K", "1h", address)["success"], True)

    def test_a_wrong_key_places_nothing_and_says_so(self):
        self.credit("20")
        self.environment(ENERGY_DESK_API_KEY="edk_wrong")
        answer = self.session.create_order("65K", "1h", self.address())
        self.assertEqual((answer["success"], answer["code"]), (False, "UNAUTHENTICATED"))
        self.assertIn("not known", f"{self.session.user_balance['TRX']}")
        self.assertEqual(models.calculate_mock_cost("65K", "1h"), "--")
        self.assertEqual(self.orders(), [])

    def test_a_double_click_is_one_order(self):
        self.credit("50")
        address, session = self.address(), self.session
        desk = self.desk()
        begin, waiting = desk.outbox.begin, threading.Event()

        def watched(order_id, seconds=0.0):
            if order_id in desk.outbox._in_flight:
                waiting.set()
            return begin(order_id, seconds)

        desk.outbox.begin = watched
        self.wire.next = ["hold"]
        answers = []
        clicks = [
            threading.Thread(target=lambda: answers.append(session.create_order("65K", "1h", address)))
            for _ in range(2)
        ]
        clicks[0].start()
        wait_until("the first is on its way", lambda: self.wire.placings() == 1)
        clicks[1].start()
        self.assertTrue(waiting.wait(30))
        self.wire.released.set()
        for click in clicks:
            click.join(60)
        self.assertEqual([answer["success"] for answer in answers], [True, True])
        self.assertEqual(answers[0]["order"]["id"], answers[1]["order"]["id"])
        self.assertEqual(len(self.orders()), 1)


class Away(DeskCase):
    def setUp(self):
        super().setUp()
        self.credit("50")
        self.receiver = self.address()
        self.session.language
        self.assertEqual(self.session.user_balance["TRX"], "50.000")

    def create(self, **options):
        return self.session.create_order("65K", "1h", self.receiver, **options)

    def assert_one_order_paid_once(self):
        orders = self.orders()
        self.assertEqual(len(orders), 1)
        control("books")
        return orders[0]

    def test_an_answer_that_is_lost_is_asked_for_again(self):
        self.wire.next = ["lose"]
        answer = self.create()
        self.assertIs(answer["success"], True)
        self.assertEqual(answer["order"]["id"], self.assert_one_order_paid_once()["id"])
        self.assertEqual(self.wire.placings(), 2)

    def test_a_lost_order_is_never_answered_as_done_and_found_again(self):
        told = []
        models.on_order_settled(lambda *news: told.append(news))
        self.wire.mode = "lose"
        answer = self.create()
        self.assertEqual((answer["success"], answer["code"], answer["unsure"]), (False, "UNSURE", True))
        self.assertNotIn("order", answer)
        self.assertEqual(self.session.open_orders()[0]["status"], "pending")
        other = models.get_user_session(self.user_id + 500000000)
        self.assertIsNone(other.get_order_status(answer["order_id"]))
        self.assertEqual(other.open_orders(), [])
        self.assertIs(other.wait_for_order(answer["order_id"])["success"], False)
        self.wire.mode = "pass"
        # Asked for again by the thread behind the scenes.
        wait_until("it is settled", lambda: told)
        order = self.assert_one_order_paid_once()
        self.assertEqual(told[0][0], str(self.user_id))
        self.assertEqual(told[0][1]["order"]["id"], order["id"])
        self.assertEqual(self.session.open_orders(), [])
        self.assertEqual(self.session.get_order_status(answer["order_id"])["id"], order["id"])

    def test_the_same_again_after_a_lost_answer_is_the_same_order(self):
        self.wire.next = ["lose", "lose"]
        self.assertIs(self.create()["success"], False)
        again = self.create()
        self.assertIs(again["success"], True)
        self.assertEqual(again["order"]["id"], self.assert_one_order_paid_once()["id"])

    def test_a_time_out_is_no_refusal(self):
        self.environment(ENERGY_DESK_ORDER_SECONDS="0.5")
        self.wire.hold_placings = True
        self.assertEqual(self.create()["code"], "UNSURE")
        self.wire.hold_placings = False
        self.wire.released.set()
        wait_until("the desk has it", self.orders)
        self.environment(ENERGY_DESK_ORDER_SECONDS="30")
        wait_until("it is known again", lambda: not self.session.open_orders())
        self.assertEqual(self.session.last_order_id[:4], "bot-")
        order = self.session.get_order_status(self.session.last_order_id)
        self.assertEqual(order["id"], self.assert_one_order_paid_once()["id"])

    def test_an_order_that_got_lost_is_refused_when_that_is_certain(self):
        orders = self.desk().orders
        self.wire.next = ["drop", "garble"]
        answer = self.create()
        self.assertEqual(answer["code"], "UNSURE")
        order_id = answer["order_id"]
        self.assertEqual(self.session.get_order_status(order_id)["status"], "pending")
        now = orders.clock
        orders.clock = lambda: now() + orders_module.SURE_AFTER_SECONDS + 1
        seen = self.session.get_order_status(order_id)
        self.assertEqual((seen["status"], seen["tx_hash"], seen["completed_at"]), ("failed", "pending", None))
        self.assertIn("nothing was charged", seen["error_message"])
        self.assertEqual(self.orders(), [])

    def test_a_refusal_is_not_the_last_word_while_an_earlier_try_is_out(self):
        self.session.selected_energy, self.session.selected_duration = "65K", "1h"
        self.session.computed_cost = "0.01"
        self.wire.next = ["drop"]
        answer = self.create()
        self.assertEqual((answer["success"], answer["code"]), (False, "UNSURE"))

    def test_with_nobody_there_it_is_refused_and_nothing_comes_of_it_later(self):
        self.wire.disconnect()
        answer = self.create()
        self.assertEqual((answer["success"], answer["code"], answer["can_wait"]), (False, "AWAY", True))
        self.assertIn("nothing was charged", answer["message"])
        seen = self.session.get_order_status(answer["order_id"])
        self.assertEqual((seen["status"], seen["completed_at"]), ("failed", None))
        self.wire.connect()
        self.assertEqual(self.desk().orders.settle(), 0)
        self.assertEqual(self.orders(), [])

    def test_reads_are_the_last_known_and_say_so(self):
        cost = models.calculate_mock_cost("65K", "1h")
        order = self.create()["order"]
        self.session.user_balance
        self.wire.disconnect()
        self.restart()
        balance = self.session.user_balance
        self.assertLess(float(balance["TRX"]), 50.0)
        self.assertRegex(f"{balance['TRX']}", r"\(as of \d\d:\d\d; the desk cannot be reached\)")
        self.assertEqual(models.calculate_mock_cost("65K", "1h"), cost)
        self.assertIn("as of", str(models.calculate_mock_cost("65K", "1h")))
        seen = self.session.get_order_status(order["id"])
        self.assertIn(seen["status"], ("pending", "processing", "completed"))
        self.assertEqual(seen["energy_amount"], "65K")
        if seen["status"] != "completed":
            self.assertIn("cannot be reached", seen["error_message"])

    def test_nobody_is_shown_money_that_nobody_knows_of(self):
        self.wire.disconnect()
        self.environment(ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "fresh"))
        balance = self.session.user_balance
        self.assertEqual((float(balance["TRX"]), float(balance["USDT"])), (0.0, 0.0))
        self.assertEqual(f"{balance['TRX']}", "not known right now")
        self.assertEqual(models.calculate_mock_cost("65K", "1h"), "--")

    def test_a_user_who_gave_up_waiting_gets_nothing(self):
        self.wire.disconnect()
        answer = self.create(wait=True)
        self.assertTrue(self.session.abandon_order(answer["order_id"]))
        self.wire.connect()
        self.assertEqual(self.desk().orders.settle(), 0)
        self.assertEqual(self.session.get_order_status(answer["order_id"])["status"], "failed")
        self.assertEqual(self.orders(), [])


class Restarts(DeskCase):
    def setUp(self):
        super().setUp()
        self.credit("50")
        self.receiver = self.address()

    def test_the_desk_stops_in_the_middle_and_comes_back_to_one_order(self):
        # The desk has placed it and is gone before its answer came.
        self.wire.next = ["lose", "drop"]
        unsure = self.session.create_order("65K", "1h", self.receiver)
        self.assertEqual(unsure["code"], "UNSURE")
        other = self.address()
        control("stop")
        try:
            waits = self.session.create_order("135K", "1d", other)
            self.assertEqual((waits["success"], waits["can_wait"]), (False, True))
            queued = self.session.wait_for_order(waits["order_id"])
            self.assertEqual((queued["success"], queued["queued"]), (False, True))
            self.assertIn(waits["order_id"], queued["message"])
            seen = self.session.get_order_status(waits["order_id"])
            self.assertEqual((seen["status"], seen["tx_hash"], seen["completed_at"]), ("pending", "pending", None))
            # The bot, too, ends and begins anew.
            self.restart()
            again = self.session.create_order("135K", "1d", other)
            self.assertEqual((again["queued"], again["order_id"]), (True, waits["order_id"]))
        finally:
            control("start")

        def done():
            seen = [self.session.get_order_status(one["order_id"]) for one in (unsure, waits)]
            return seen if all(one["status"] == "completed" for one in seen) else None

        first, second = wait_until("both are completed", done)
        self.assertEqual((first["energy_amount"], second["energy_amount"]), ("65K", "135K"))
        self.assertEqual({one["id"] for one in self.orders()}, {first["id"], second["id"]})
        self.assertEqual(self.session.open_orders(), [])
        control("books")

    def test_a_bot_that_is_killed_in_the_middle_knows_its_order_again(self):
        program = (
            "import models; models.get_user_session(%d).create_order('65K', '1h', %r)"
            % (self.user_id, self.receiver)
        )
        self.wire.hold_placings = True
        folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        bot = subprocess.Popen([sys.executable, "-c", program], cwd=folder)
        try:
            wait_until("the order is on its way", lambda: self.wire.placings() > 0)
        finally:
            bot.send_signal(signal.SIGKILL)
            bot.wait()
        self.wire.hold_placings = False
        self.wire.released.set()
        wait_until("the desk has it all the same", lambda: self.orders())
        self.restart()
        (waits,) = self.session.open_orders()
        self.assertEqual(waits["status"], "pending")
        wait_until("it is known again", lambda: not self.session.open_orders())
        (order,) = self.orders()
        self.assertEqual(self.session.get_order_status(waits["id"])["id"], order["id"])

class Names(unittest.TestCase):
    def test_every_name_of_the_old_module_is_there(self):
        for name in [
            "UserSession", "user_sessions", "get_user_session", "add_wallet_address", "remove_wallet_address",
            "get_wallet_addresses", "is_valid_tron_address", "calculate_mock_cost", "format_energy",
            "load_wallet_data", "save_wallet_data", "get_user_wallet_data", "save_user_wallet_data",
        ]:
            self.assertTrue(callable(getattr(models, name)) or name == "user_sessions", name)
        self.assertTrue(re.match(r"^\d+K$", models.format_energy("65000")))


if __name__ == "__main__":
    unittest.main()
