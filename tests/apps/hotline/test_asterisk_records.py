"""Asterisk's own call data records, as version 22 wrote them in a trial, become the columns of ``reconcile``."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from nuanxin.hotline.asterisk_records import read_asterisk, write_records
from nuanxin.hotline.reconcile import BadRecords, Record, read_records

# A talk of 801 (two lines), one that waited in vain, one passed on from 801 to 803, a supervisor who listens, somebody
# rung back, a call of another context.
MASTER = '''\
"","13900000002","s","telephones",""" <1>","PJSIP/801-00000005","","Stasis","nuanxin,leg","2026-11-28 22:01:53","2026-11-28 22:01:53","2026-11-28 22:01:53",0,0,"ANSWERED","DOCUMENTATION","nx_o_3_6_17.1",""
"","13900000002","12348","from-trunk",""" <1>","PJSIP/trunk-00000004","PJSIP/801-00000005","Stasis","nuanxin,caller","2026-11-28 22:01:51","2026-11-28 22:01:51","2026-11-28 22:01:56",5,5,"ANSWERED","DOCUMENTATION","17.1",""
"","13900000003","12348","from-trunk",""" <1>","PJSIP/trunk-0000000a","","Stasis","nuanxin,caller","2026-11-28 22:02:25","2026-11-28 22:02:25","2026-11-28 22:02:26",0,0,"ANSWERED","DOCUMENTATION","17.2",""
"","13900000004","12348","from-trunk",""" <1>","PJSIP/trunk-0000000b","PJSIP/801-0000000c","Stasis","nuanxin,caller","2026-11-28 22:03:00","2026-11-28 22:03:00","2026-11-28 22:03:30",30,30,"ANSWERED","DOCUMENTATION","17.3",""
"","13900000004","12348","from-trunk",""" <1>","PJSIP/trunk-0000000b","PJSIP/803-0000000d","Stasis","nuanxin,caller","2026-11-28 22:03:40","2026-11-28 22:03:40","2026-11-28 22:04:10",30,30,"ANSWERED","DOCUMENTATION","17.3",""
"","","s","telephones",""" <1>","PJSIP/801-0000000c","","Stasis","nuanxin,leg","2026-11-28 22:03:05","2026-11-28 22:03:08","2026-11-28 22:03:08",3,0,"ANSWERED","DOCUMENTATION","nx_o_3_6_17.3",""
"","","s","telephones",""" <1>","PJSIP/803-0000000d","","Stasis","nuanxin,leg","2026-11-28 22:03:35","2026-11-28 22:03:39","2026-11-28 22:03:39",4,0,"ANSWERED","DOCUMENTATION","nx_o_5_9_17.3",""
"","","s","telephones",""" <1>","PJSIP/802-0000000e","","Stasis","nuanxin,leg","2026-11-28 22:03:01","","2026-11-28 22:03:04",3,0,"NO ANSWER","DOCUMENTATION","nx_o_4_5_17.3",""
"","","s","telephones",""" <1>","PJSIP/804-0000000f","","Stasis","nuanxin,leg","2026-11-28 22:03:46","2026-11-28 22:03:46","2026-11-28 22:03:47",0,0,"ANSWERED","DOCUMENTATION","nx_l_10_9_17.3",""
"","12348","","from-trunk",""" <1>","PJSIP/trunk-00000010","","Stasis","nuanxin,leg","2026-11-28 22:05:00","2026-11-28 22:05:03","2026-11-28 22:05:40",40,37,"ANSWERED","DOCUMENTATION","nx_p_0_2_17.2",""
"","801","9","telephones",""" <1>","PJSIP/801-00000011","","Hangup","21","2026-11-28 22:06:00","","2026-11-28 22:06:00",0,0,"FAILED","DOCUMENTATION","17.9",""
'''


def at(minute: int, second: int) -> datetime:
    return datetime(2026, 11, 28, 22, minute, second, tzinfo=UTC)


def test_lines_of_one_call_become_one_record() -> None:
    assert list(read_asterisk(io.StringIO(MASTER))) == [
        Record("17.1", at(1, 51), at(1, 56), at(1, 53), "801", "13900000002"),
        Record("17.2", at(2, 25), at(2, 26), None, "", "13900000003"),
        # Answered first by 801; at the end 803 had it; 802 was rung in vain, 804 only listened.
        Record("17.3", at(3, 0), at(4, 10), at(3, 8), "803", "13900000004"),
    ]


def test_what_is_written_is_read_again() -> None:
    records, file = list(read_asterisk(io.StringIO(MASTER))), io.StringIO()
    write_records(records, file)
    file.seek(0)
    assert list(read_records(file)) == records


@pytest.mark.parametrize("cut", [',"17.1",""', '"2026-11-28 22:01:51"'])
def test_a_file_without_numbers_or_times_is_refused(cut: str) -> None:
    with pytest.raises(BadRecords, match=r"line 2: .*loguniqueid"):
        list(read_asterisk(io.StringIO(MASTER.replace(cut, "", 1))))
