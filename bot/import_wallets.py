#!/usr/bin/env python3
"""Brings the old bot's user_wallets.json into the desk. Can be run again: what is there stays.

Exit code: 0 all of it is there; 1 something in the file cannot be used, the rest is there; 2 it could
not be done (file, desk or key): run it again.
"""

import argparse
import json
import sys
from typing import Any, Dict, Iterator, List, Optional, Tuple

from energy_desk.addresses import is_valid_tron_address
from energy_desk.client import Client, DeskAway, DeskError
from energy_desk.settings import read_settings

_LIST = "query Addresses($ref: UserRef!) { user(ref: $ref) { addresses { address } } }"
_ADD = """mutation Add($input: AddUserAddressInput!) {
  addUserAddress(input: $input) { addresses { address onChain } } }"""
_REMARKS = {
    "NOT_ACTIVATED": "is not activated on the chain yet",
    "CONTRACT": "is a contract, which cannot be given Energy",
}
_TRIES = 3


class Report:
    def __init__(self) -> None:
        self.users = 0
        self.added = 0
        self.kept = 0
        self.bad = 0

    def refuse(self, sentence: str) -> None:
        self.bad += 1
        print("BAD  " + sentence)


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("file", help="the old bot's user_wallets.json")
    parser.add_argument("--dry-run", action="store_true", help="look and report, change nothing")
    options = parser.parse_args(arguments)
    try:
        settings = read_settings()
        with open(options.file, encoding="utf-8") as file:
            data = json.load(file)
    except (OSError, ValueError) as problem:
        print("FAIL %s: %s" % (options.file, problem))
        return 2
    if not isinstance(data, dict):
        print('FAIL %s: it must hold {"<telegram id>": ["T…"]}' % options.file)
        return 2

    client = Client(
        settings.url, settings.api_key, settings.connect_seconds, max(settings.read_seconds, 10.0)
    )
    report = Report()
    try:
        for user_id, addresses in _users(data, report):
            _import_user(client, user_id, addresses, options.dry_run, report)
    except (DeskAway, DeskError) as problem:
        print("FAIL the desk at %s: %s" % (settings.url, problem))
        _sum_up(report, options.dry_run)
        print("Nothing is lost: run it again.")
        return 2
    _sum_up(report, options.dry_run)
    return 1 if report.bad else 0


def _users(data: Dict[str, Any], report: Report) -> Iterator[Tuple[str, List[str]]]:
    """Those whose id and addresses can be used; each that cannot is reported."""
    for user_id, addresses in data.items():
        if not (user_id.isascii() and user_id.isdigit() and 0 < int(user_id) < 2**52) or user_id[0] == "0":
            report.refuse("user %r: this is no Telegram id" % user_id)
            continue
        if not isinstance(addresses, list):
            report.refuse("user %s: a list of addresses is expected" % user_id)
            continue
        good = []  # type: List[str]
        for address in addresses:
            text = address.strip() if isinstance(address, str) else address
            if not is_valid_tron_address(text):
                report.refuse("user %s: %r is no TRON address" % (user_id, address))
            elif text not in good:
                good.append(text)
        yield user_id, good


def _import_user(
    client: Client, user_id: str, addresses: List[str], dry_run: bool, report: Report
) -> None:
    report.users += 1
    if not addresses:
        return
    ref = {"telegramId": user_id}
    user = _ask(client, _LIST, {"ref": ref})["user"]
    kept = {row["address"] for row in user["addresses"]} if user else set()
    for address in addresses:
        if address in kept:
            report.kept += 1
            continue
        if dry_run:
            report.added += 1
            continue
        try:
            answer = _ask(client, _ADD, {"input": {"user": ref, "address": address}})
        except DeskError as error:
            if error.code not in ("BAD_INPUT", "BAD_ADDRESS"):
                raise
            report.refuse("user %s: %s: %s" % (user_id, address, error.message))
            continue
        report.added += 1
        for row in answer["addUserAddress"]["addresses"]:
            if row["address"] == address and row["onChain"] in _REMARKS:
                print("NOTE user %s: %s %s" % (user_id, address, _REMARKS[row["onChain"]]))


def _ask(client: Client, document: str, variables: Dict[str, Any]) -> Dict[str, Any]:
    """All that is asked here may be repeated."""
    for _ in range(_TRIES - 1):
        try:
            return client.ask(document, variables)
        except DeskAway:
            continue
    return client.ask(document, variables)


def _sum_up(report: Report, dry_run: bool) -> None:
    print(
        "%d users: %d addresses %s, %d there already, %d entries cannot be used."
        % (report.users, report.added, "to add" if dry_run else "added", report.kept, report.bad)
    )


if __name__ == "__main__":
    sys.exit(main())
