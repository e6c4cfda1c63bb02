import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout

import import_wallets

from .support import UNUSED_ADDRESS, DeskCase, control, models, wait_until

USDT = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
OTHER = "TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8"


class Wallets(DeskCase):
    def test_addresses_are_added_and_removed(self):
        user = self.user_id
        self.assertEqual(models.get_wallet_addresses(user), [])
        self.assertIs(models.add_wallet_address(user, USDT), True)
        self.assertIs(models.add_wallet_address(user, USDT), False)
        self.assertIs(models.add_wallet_address(user, "Tbad"), False)
        self.assertIs(models.add_wallet_address(user, OTHER), True)
        self.assertEqual(models.get_wallet_addresses(user), [USDT, OTHER])
        self.assertEqual(self.session.wallet_addresses, [USDT, OTHER])
        self.assertIs(models.remove_wallet_address(user, USDT), True)
        self.assertIs(models.remove_wallet_address(user, USDT), False)
        self.session.wallet_addresses.append(UNUSED_ADDRESS)
        self.session.wallet_addresses = [OTHER, USDT]
        # Another bot, or this one on a new disk.
        self.environment(ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "other"))
        self.assertEqual(models.get_user_wallet_data(user), [OTHER, UNUSED_ADDRESS, USDT])

    def test_the_old_file_s_functions_keep_their_format(self):
        user = str(self.user_id)
        with open(os.environ["ENERGY_DESK_WALLET_FILE"], "w") as file:
            json.dump({user: [USDT], "77": [OTHER]}, file)
        data = models.load_wallet_data()
        self.assertEqual(data, {user: [USDT], "77": [OTHER]})
        self.assertEqual(models.get_user_wallet_data(self.user_id), [USDT])
        data = {user: [OTHER, USDT]}
        self.assertIs(models.save_wallet_data(data), True)
        # What was there already stays in its place.
        self.assertEqual(models.load_wallet_data(), {user: [USDT, OTHER], "77": [OTHER]})
        self.assertIs(models.save_user_wallet_data(self.user_id, [UNUSED_ADDRESS]), True)
        self.assertEqual(models.get_wallet_addresses(user), [UNUSED_ADDRESS])
        self.wire.disconnect()
        self.restart()
        self.assertEqual(models.get_wallet_addresses(user), [UNUSED_ADDRESS])
        self.assertIs(models.add_wallet_address(user, USDT), False)
        self.assertIs(models.save_user_wallet_data(user, []), False)
        self.wire.connect()
        self.restart()
        self.assertEqual(models.get_wallet_addresses(user), [UNUSED_ADDRESS])


class Sessions(DeskCase):
    def test_a_new_session_is_empty_and_has_every_attribute(self):
        session = self.session
        self.assertEqual(session.user_id, self.user_id)
        for name in [
            "selected_duration", "selected_energy", "selected_address", "computed_cost", "pending_input",
            "address_balance", "last_order_id", "last_transaction_hash", "last_order_time",
        ]:
            self.assertIsNone(getattr(session, name))
        self.assertIs(session.show_balance_in_buy_page, False)
        self.assertEqual(session.wallet_addresses, [])
        self.assertIs(models.get_user_session(self.user_id), session)
        self.assertIs(models.user_sessions[self.user_id], session)
        with self.assertRaises(AttributeError):
            session.unheard_of

    def test_a_restart_loses_nothing(self):
        session = self.session
        session.selected_energy = "65K"
        session.selected_duration = "1h"
        session.pending_input = "address"
        session.show_balance_in_buy_page = True
        session.page = {"open": [1, 2]}
        wait_until("the desk has it", lambda: not self.desk().sessions.has_unsaved())
        # On a new disk.
        self.environment(ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "other"))
        session = self.session
        self.assertEqual(
            (session.selected_energy, session.selected_duration, session.pending_input),
            ("65K", "1h", "address"),
        )
        self.assertIs(session.show_balance_in_buy_page, True)
        self.assertEqual(session.page, {"open": [1, 2]})
        # And with the desk away, on the same disk.
        self.wire.disconnect()
        session.pending_input = None
        session.selected_energy = "1M"
        self.restart()
        session = self.session
        self.assertEqual((session.selected_energy, session.pending_input), ("1M", None))
        self.wire.connect()
        self.assertEqual(wait_until("it is saved", lambda: self.desk().sessions.flush() == 0), True)
        self.environment(ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "third"))
        self.assertEqual((self.session.selected_energy, self.session.selected_duration), ("1M", "1h"))

    def test_what_two_disks_have_changed_comes_together(self):
        self.session.selected_energy = "65K"
        self.session.selected_address = USDT
        wait_until("the desk has it", lambda: not self.desk().sessions.has_unsaved())
        self.wire.disconnect()
        self.environment(ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "other"))
        self.session.selected_energy = "270K"
        self.wire.connect()
        wait_until("the desk has it", lambda: self.desk().sessions.flush() == 0)
        self.assertEqual((self.session.selected_energy, self.session.selected_address), ("270K", USDT))


class Import(DeskCase):
    def run_import(self, data, *options):
        path = os.path.join(self.folder, "import.json")
        with open(path, "w") as file:
            file.write(data if isinstance(data, str) else json.dumps(data))
        out = io.StringIO()
        with redirect_stdout(out):
            code = import_wallets.main([path] + list(options))
        return code, out.getvalue()

    def test_it_can_be_tried_done_and_done_again(self):
        first, second = str(self.user_id), str(self.user_id + 400000000)
        good = self.address()
        data = {first: [good, OTHER, good], second: []}
        code, said = self.run_import(data, "--dry-run")
        self.assertEqual((code, said), (0, "2 users: 2 addresses to add, 0 there already, 0 entries cannot be used.\n"))
        self.assertEqual(models.get_wallet_addresses(first), [])
        code, said = self.run_import(data)
        self.assertEqual(code, 0)
        self.assertIn("2 users: 2 addresses added, 0 there already", said)
        self.assertIn("NOTE user %s: %s is not activated" % (first, OTHER), said)
        code, said = self.run_import(data)
        self.assertEqual((code, said), (0, "2 users: 0 addresses added, 2 there already, 0 entries cannot be used.\n"))
        self.restart()
        self.assertEqual(sorted(models.get_wallet_addresses(first)), sorted([good, OTHER]))

    def test_each_bad_entry_is_reported_and_the_rest_comes_in(self):
        user = str(self.user_id)
        code, said = self.run_import({user: [USDT, "Tbad", 5], "x": [USDT], "-1": [], "12": "no list"})
        self.assertEqual(code, 1)
        for sentence in [
            "user %s: 'Tbad' is no TRON address" % user, "user %s: 5 is no TRON address" % user,
            "user 'x': this is no Telegram id", "user '-1'", "user 12: a list",
        ]:
            self.assertIn("BAD  " + sentence, said)
        self.assertIn("1 addresses added", said)
        self.assertEqual(models.get_wallet_addresses(user), [USDT])

    def test_it_is_a_program(self):
        path = os.path.join(self.folder, "user_wallets.json")
        with open(path, "w") as file:
            json.dump({str(self.user_id): [USDT, "Tbad"]}, file)
        program = os.path.abspath(import_wallets.__file__)
        done = subprocess.run(
            [sys.executable, program, path], cwd=self.folder, stdout=subprocess.PIPE, universal_newlines=True
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("1 users: 1 addresses added, 0 there already, 1 entries cannot be used.", done.stdout)
        self.assertEqual(models.get_wallet_addresses(self.user_id), [USDT])

    def test_it_says_when_it_could_not_be_done(self):
        self.assertEqual(self.run_import("no json")[0], 2)
        self.assertEqual(self.run_import([1])[0], 2)
        self.assertEqual(import_wallets.main(["/no/such/file"]), 2)
        os.environ["ENERGY_DESK_API_KEY"] = "edk_wrong"
        code, said = self.run_import({str(self.user_id): [USDT]})
        self.assertEqual(code, 2)
        self.assertIn("UNAUTHENTICATED", said)
        self.wire.disconnect()
        code, said = self.run_import({str(self.user_id): [USDT]})
        self.assertEqual(code, 2)
        self.assertIn("run it again", said)


class Pages(DeskCase):
    def test_the_balance_and_the_deposit_come_from_the_desk(self):
        self.credit("12.3456")
        self.assertIn("TRX: 12.345", models.balance_text(self.user_id))
        self.session.language = "zh"
        self.assertIn("余额", models.balance_text(self.user_id))
        data = models.deposit_data(self.user_id)
        self.assertEqual(
            set(data),
            {"address", "memo", "rate", "minimum_trx", "minimum_usdt", "refund_fee_percent", "as_of"},
        )

    def test_a_deposit_has_an_address_a_minimum_and_a_fee(self):
        control("deposit-address", address=OTHER)
        data = models.deposit_data(self.user_id)
        self.assertEqual(
            (data["address"], data["minimum_trx"], data["minimum_usdt"], data["refund_fee_percent"], data["as_of"]),
            (OTHER, "10", "10", "10", None),
        )
        text = models.deposit_text(self.user_id)
        for part in [OTHER, data["memo"], "10 TRX", "10%"]:
            self.assertIn(part, text)
        request = models.request_deposit(self.user_id, "25", "USDT")
        self.assertEqual((request["success"], request["address"], request["currency"]), (True, OTHER, "USDT"))
        self.assertTrue(25 <= float(request["amount"]) < 26)
        self.assertIn(request["amount"], request["text"])
        self.assertIs(models.request_deposit(self.user_id, "0", "USDT")["success"], False)
        # Old figures say so, and an old rate is none.
        self.wire.disconnect()
        self.restart()
        data = models.deposit_data(self.user_id)
        self.assertEqual((data["address"], data["rate"]), (OTHER, None))
        self.assertIsNotNone(data["as_of"])
        self.assertIn("as of", models.deposit_text(self.user_id))
        self.assertIs(models.request_deposit(self.user_id, "25", "USDT")["success"], False)

    def test_without_the_desk_s_own_address_the_bot_s_is_shown(self):
        self.wire.disconnect()
        self.environment(ENERGY_DESK_DEPOSIT_ADDRESS=OTHER)
        try:
            self.assertIn(OTHER, models.deposit_text(self.user_id))
        finally:
            del os.environ["ENERGY_DESK_DEPOSIT_ADDRESS"]
