"""Near misses and near hits: what must come together and what must not, one case each."""

from __future__ import annotations

from tests.facts.reports import Report, agreement, called, flow, met, planned, report

ANNA, BORIS = "A Anna Archer foreign_minister", "B Boris Baker foreign_minister"
PRESIDENT_A, PRESIDENT_B = "A Alma Adler head_of_state", "B Bruno Berg head_of_state"
HERE = {"city": "Alton", "host": "A"}
THERE = {"city": "Burton", "host": "B"}

MEETINGS: dict[str, list[Report]] = {
    "a second meeting of the same people weeks later": [
        report("en", "2025-03-07", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-06", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("ru", "2025-03-28", met("second", ANNA, BORIS, on="2025-03-27", **HERE)),
        report("ar", "2025-03-28", met("second", ANNA, BORIS, on="2025-03-27", **HERE)),
    ],
    "a second meeting recalls the first by its month": [
        report("en", "2025-03-07", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report(
            "ru",
            "2025-04-13",
            met("second", ANNA, BORIS, on="2025-04-12", **THERE),
            met("first", ANNA, BORIS, on="2025-03", **HERE),
        ),
        report("kk", "2025-04-12", met("second", ANNA, BORIS, on="2025-04-12", **THERE)),
    ],
    "the same month of another year": [
        report("en", "2024-03-07", met("first", ANNA, BORIS, on="2024-03-06", **HERE)),
        report("ru", "2025-09-13", met("second", ANNA, BORIS, on="2025-03", **HERE)),
    ],
    "a month with two meetings in it settles nothing": [
        report("en", "2025-03-05", met("first", ANNA, BORIS, on="2025-03-04", **HERE)),
        report("en", "2025-03-26", met("second", ANNA, BORIS, on="2025-03-25", **HERE)),
        report("ru", "2025-05-13", met("one of them", ANNA, BORIS, on="2025-03", **HERE)),
    ],
    "a call and a meeting in one week": [
        report(
            "kk",
            "2025-03-04",
            called("call", ANNA, BORIS, on="2025-03-03"),
            planned("meeting", ANNA, BORIS, on="2025-03-06", **HERE),
        ),
        report("tr", "2025-03-06", met("meeting", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("ar", "2025-03-04", called("call", ANNA, BORIS)),
    ],
    "an undated call and a meeting told on one day": [
        report("kk", "2025-03-06", called("call", ANNA, BORIS)),
        report("tr", "2025-03-06", met("meeting", ANNA, BORIS)),
    ],
    "a call over video and by phone is one call told in two ways": [
        report("kk", "2025-03-06", called("call", ANNA, BORIS, on="2025-03-05")),
        report("tr", "2025-03-06", met("call", ANNA, BORIS, on="2025-03-05", medium="video")),
    ],
    "two calls in a month": [
        report("kk", "2025-03-06", called("first", ANNA, BORIS, on="2025-03-05")),
        report("tr", "2025-03-20", called("second", ANNA, BORIS, on="2025-03-19")),
        report("en", "2025-03-20", called("second", ANNA, BORIS, on="2025-03-19")),
    ],
    "planned, then held on another day": [
        report("en", "2025-03-01", planned("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-08", met("visit", ANNA, BORIS, on="2025-03-08", **HERE)),
        report("ar", "2025-03-09", met("visit", ANNA, BORIS, on="2025-03-08", **HERE)),
    ],
    "planned without a day, then held": [
        report("en", "2025-03-01", planned("visit", ANNA, BORIS, **HERE)),
        report("tr", "2025-03-08", met("visit", ANNA, BORIS, on="2025-03-08", **HERE)),
    ],
    "planned without a day, and two meetings after it: the next one": [
        report("en", "2025-03-01", planned("next", ANNA, BORIS, **HERE)),
        report("tr", "2025-03-08", met("next", ANNA, BORIS, on="2025-03-08", **HERE)),
        report("tr", "2025-05-08", met("later", ANNA, BORIS, on="2025-05-08", **HERE)),
    ],
    "planned for a month, then held in it": [
        report("en", "2025-01-01", planned("visit", ANNA, BORIS, on="2025-03", **HERE)),
        report("tr", "2025-03-28", met("visit", ANNA, BORIS, on="2025-03-27", **HERE)),
    ],
    "an invitation is not the meeting at which it was made": [
        report(
            "en",
            "2025-03-07",
            met("meeting", ANNA, BORIS, on="2025-03-06", **HERE),
            planned("visit", ANNA, BORIS, **THERE),
        ),
        report("tr", "2025-03-07", met("meeting", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("ru", "2025-03-07", planned("visit", ANNA, BORIS, **THERE)),
    ],
    "a plan told after the meeting is of the next one": [
        report("en", "2025-03-07", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("ru", "2025-03-09", planned("next", ANNA, BORIS, **HERE)),
    ],
    "a planned meeting a month from the one held": [
        report("en", "2025-03-07", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("ru", "2025-03-07", planned("next", ANNA, BORIS, on="2025-04-06", **HERE)),
    ],
    "no day in the text, told days later": [
        report("en", "2025-03-06", met("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-11", met("visit", ANNA, BORIS, **HERE)),
    ],
    "no day in the text and weeks later": [
        report("en", "2025-03-06", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-04-05", met("second", ANNA, BORIS, **HERE)),
    ],
    "a report without any date": [
        report("en", "2025-03-06", met("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-07", met("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("ar", None, met("visit", ANNA, BORIS, **HERE)),
    ],
    "a report without any date and two meetings that it fits": [
        report("en", "2025-03-06", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-06-07", met("second", ANNA, BORIS, on="2025-06-06", **HERE)),
        report("ar", None, met("one of them", ANNA, BORIS, **HERE)),
    ],
    "a report without any date: the city decides": [
        report("en", "2025-03-06", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-06-07", met("second", ANNA, BORIS, on="2025-06-06", **THERE)),
        report("ar", None, met("second", ANNA, BORIS, **THERE)),
    ],
    "one visitor, received by two on one day": [
        report(
            "en",
            "2025-03-06",
            met("minister", ANNA, BORIS, on="2025-03-06", **HERE),
            met("president", PRESIDENT_A, BORIS, on="2025-03-06", **HERE),
        ),
        report("tr", "2025-03-06", met("president", PRESIDENT_A, BORIS, on="2025-03-06")),
        report("ar", "2025-03-07", met("minister", ANNA, BORIS, on="2025-03-06", **HERE)),
    ],
    "the other side unnamed": [
        report("en", "2025-03-06", met("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-07", met("visit", ANNA, countries="AB", on="2025-03-06", **HERE)),
    ],
    "whoever received the visitor that day": [
        report("en", "2025-03-06", met("speaker", "A Sally Speaker parliament_speaker", BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-06", met("president", PRESIDENT_A, BORIS, on="2025-03-06", **HERE)),
        report("ar", "2025-03-07", met("one of them", BORIS, countries="AB", on="2025-03-06", **HERE)),
    ],
    "who came, but not whom he met: his peer": [
        report(
            "en",
            "2025-03-06",
            met("minister", ANNA, BORIS, on="2025-03-06", **HERE),
            met("president", PRESIDENT_A, BORIS, on="2025-03-06", **HERE),
        ),
        report("ar", "2025-04-07", met("minister", BORIS, countries="AB", on="2025-03", **HERE)),
    ],
    "an open question about one meeting leaves the others as they are": [
        report(
            "en",
            "2025-03-06",
            met("speaker", "A Sally Speaker parliament_speaker", BORIS, on="2025-03-06", **HERE),
            met("president", PRESIDENT_A, BORIS, on="2025-03-06", **HERE),
        ),
        report("ru", "2025-03-07", met("president", PRESIDENT_A, countries="AB", on="2025-03-06")),
        report("ar", "2025-04-07", met("one of them", BORIS, countries="AB", on="2025-03", **HERE)),
    ],
    "one host, two visitors of one surname from two countries": [
        report(
            "en",
            "2025-03-06",
            met("of B", ANNA, "B Ivan Bell foreign_minister", on="2025-03-06", **HERE),
            met("of C", ANNA, "C Igor Bell foreign_minister", on="2025-03-06", **HERE),
        ),
        report("tr", "2025-03-06", met("of B", ANNA, "B Bell foreign_minister", on="2025-03-06", **HERE)),
        report("ru", "2025-03-06", met("of C", ANNA, "C Bell foreign_minister", on="2025-03-06", **HERE)),
    ],
    "two people of one surname and country": [
        report(
            "en",
            "2025-03-06",
            met("president", "A Ilham Carter head_of_state", PRESIDENT_B, on="2025-03-06", **HERE),
            met("minister", "A Daniel Carter minister", "B Boris Baker minister", on="2025-03-06", **HERE),
        ),
        report("tr", "2025-03-06", met("president", "A Carter head_of_state", PRESIDENT_B, on="2025-03-06", **HERE)),
        report("ru", "2025-03-07", met("minister", "A Carter minister", "B Boris Baker minister", on="2025-03-06")),
    ],
    "people of one surname met on different days": [
        report("en", "2025-03-06", met("brother", "A Mohammed Al Thani monarch", PRESIDENT_B, on="2025-03-06", **HERE)),
        report("tr", "2025-03-07", met("cousin", "A Tamim Al Thani head_of_government", PRESIDENT_B, on="2025-03-06", **HERE)),
    ],
    "one name in the spellings of five languages": [
        report("en", "2025-03-06", met("visit", "A Kassym-Jomart Tokayev head_of_state", PRESIDENT_B, on="2025-03-06", **THERE)),
        report("tr", "2025-03-06", met("visit", "A Kasım Cömert Tokayev head_of_state", PRESIDENT_B, on="2025-03-06", **THERE)),
        report("ru", "2025-03-06", met("visit", "A Kasym-Zhomart Tokaev head_of_state", PRESIDENT_B, on="2025-03-06", **THERE)),
        report("kk", "2025-03-06", met("visit", "A Qasym-Jomart Toqaev head_of_state", PRESIDENT_B, on="2025-03-06", **THERE)),
        report("ar", "2025-03-06", met("visit", "A Qassim Jomart Tokayev head_of_state", PRESIDENT_B, on="2025-03-06", **THERE)),
    ],
    "one person in two offices": [
        report("en", "2025-03-06", met("visit", "A Anna Archer other", BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-06", met("visit", ANNA, "B Boris Baker minister", on="2025-03-06", **HERE)),
    ],
    "a day that differs by the time zone": [
        report("en", "2025-03-07", met("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-07", met("visit", ANNA, BORIS, on="2025-03-07", **HERE)),
    ],
    "two days of one visit in two cities": [
        report("en", "2025-03-08", met("first", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-08", met("second", ANNA, BORIS, on="2025-03-07", city="Aston", host="A")),
    ],
    "a visit of three days and a day within it": [
        report("en", "2025-03-08", met("visit", ANNA, BORIS, on="2025-03-05", until="2025-03-07", **HERE)),
        report("tr", "2025-03-07", met("visit", ANNA, BORIS, on="2025-03-06", **HERE)),
    ],
    "a summit of three and two of its guests alone": [
        report(
            "en",
            "2025-03-08",
            met("summit", PRESIDENT_A, PRESIDENT_B, "C Carl Cole head_of_state", on="2025-03-07", forum="Summit", **HERE),
            met("sidelines", PRESIDENT_A, PRESIDENT_B, on="2025-03-07", forum="Summit", **HERE),
        ),
        report(
            "tr",
            "2025-03-08",
            met("summit", PRESIDENT_A, PRESIDENT_B, "C Carl Cole head_of_state", countries="ABCD", on="2025-03-07", **HERE),
        ),
        report("ru", "2025-03-07", met("sidelines", PRESIDENT_A, PRESIDENT_B, on="2025-03-07", **HERE)),
    ],
    "two summits of one group": [
        report("en", "2025-03-08", met("spring", PRESIDENT_A, PRESIDENT_B, countries="ABC", on="2025-03-07", **HERE)),
        report("tr", "2025-10-08", met("autumn", PRESIDENT_A, PRESIDENT_B, countries="ABC", on="2025-10-07", **THERE)),
        report("en", "2025-10-08", met("autumn", PRESIDENT_A, PRESIDENT_B, countries="ABC", on="2025-10-07", **THERE)),
    ],
    "other people of the same countries on the same day": [
        report("en", "2025-03-06", met("foreign", ANNA, BORIS, on="2025-03-06", **HERE)),
        report("tr", "2025-03-06", met("transport", "A Tom Tailor minister", "B Tim Thatcher minister", on="2025-03-06", **HERE)),
    ],
}

AGREEMENTS: dict[str, list[Report]] = {
    "two agreements of one day in two sectors": [
        report(
            "en",
            "2025-03-06",
            agreement("visas", on="2025-03-06", sectors=("migration",), says="agreement on visas"),
            agreement("customs", on="2025-03-06", sectors=("trade",), says="agreement on customs"),
        ),
        report("ru", "2025-03-06", agreement("visas", on="2025-03-06", sectors=("migration",), says="соглашение о визах")),
        report("tr", "2025-03-07", agreement("customs", on="2025-03-06", sectors=("trade",), says="gümrük anlaşması")),
    ],
    "two agreements of one day, told apart by their words": [
        report("en", "2025-03-06", agreement("visas", on="2025-03-06", says="an agreement on mutual abolition of visas")),
        report("en", "2025-03-07", agreement("visas", on="2025-03-06", says="the mutual abolition of visas was agreed")),
        report("en", "2025-03-07", agreement("water", on="2025-03-06", says="a deal about irrigation canals and dams")),
    ],
    "two agreements of one day in two documents": [
        report("en", "2025-03-06", agreement("sport", "memorandum", on="2025-03-06", sectors=("sport",))),
        report("tr", "2025-03-06", agreement("culture", "memorandum", on="2025-03-06", sectors=("culture",))),
    ],
    "an agreement, a memorandum and a package of one day": [
        report("en", "2025-03-06", agreement("one", on="2025-03-06"), agreement("two", "memorandum", on="2025-03-06")),
        report("ru", "2025-03-06", agreement("all", "package", on="2025-03-06", count=2)),
        report("tr", "2025-03-06", agreement("one", on="2025-03-06"), agreement("all", "package", on="2025-03-06", count=2)),
    ],
    "a package of a number and one that nobody counted": [
        report("en", "2025-03-06", agreement("package", "package", on="2025-03-06", count=18)),
        report("ru", "2025-03-06", agreement("package", "package", on="2025-03-06", count=2, count_bound="at_least")),
        report(
            "tr", "2025-03-02", agreement("package", "package", on="2025-03-06", status="planned", count=20, count_bound="about")
        ),
    ],
    "packages of two visits": [
        report("en", "2025-03-06", agreement("spring", "package", on="2025-03-06", count=8)),
        report("ru", "2025-06-06", agreement("summer", "package", on="2025-06-06", count=8)),
        report("tr", "2025-06-06", agreement("summer", "package", on="2025-06-06", count=8)),
    ],
    "planned, signed and in force": [
        report("en", "2025-03-01", agreement("treaty", "treaty", on="2025-03-06", status="planned")),
        report("tr", "2025-03-06", agreement("treaty", "treaty", on="2025-03-06")),
        report("ru", "2025-05-20", agreement("treaty", "treaty", on="2025-03")),
        report("ar", "2025-09-20", agreement("treaty", "treaty", status="in_force")),
    ],
    "the signing slips by three weeks": [
        report("en", "2025-03-01", agreement("treaty", "treaty", on="2025-03-06", status="planned", sectors=("law",))),
        report("tr", "2025-03-28", agreement("treaty", "treaty", on="2025-03-27", sectors=("law",))),
    ],
    "planned without a day, and two signings after it: the next one": [
        report("en", "2025-03-01", agreement("next", status="planned")),
        report("tr", "2025-03-08", agreement("next", on="2025-03-08")),
        report("ru", "2025-05-08", agreement("later", on="2025-05-08")),
    ],
    "one treaty planned, another signed weeks later": [
        report("en", "2025-03-01", agreement("planned", "treaty", on="2025-03-06", status="planned", sectors=("law",))),
        report("tr", "2025-03-28", agreement("signed", "treaty", on="2025-03-27", sectors=("water",))),
    ],
    "a plan told after the signing is of another agreement": [
        report("en", "2025-03-06", agreement("signed", on="2025-03-06", sectors=("trade",))),
        report("tr", "2025-03-20", agreement("planned", status="planned", sectors=("trade",))),
    ],
    "signed, recalled without a day weeks later": [
        report("en", "2025-03-06", agreement("treaty", "treaty", on="2025-03-06")),
        report("tr", "2025-03-28", agreement("treaty", "treaty")),
    ],
    "agreements of two years": [
        report("en", "2024-03-06", agreement("old", "programme", on="2024-03-06", sectors=("culture",))),
        report("tr", "2025-03-06", agreement("new", "programme", on="2025-03-06", sectors=("culture",))),
    ],
    "a value in two currencies": [
        report("en", "2025-03-06", agreement("contract", "contract", on="2025-03-06", amount=1.2e9, currency="EUR")),
        report("tr", "2025-03-06", agreement("contract", "contract", on="2025-03-06", amount=1.3e9)),
        report("kk", "2025-03-06", agreement("contract", "contract", on="2025-03-06")),
    ],
    "contracts of two values": [
        report("en", "2025-03-06", agreement("large", "contract", on="2025-03-06", amount=1.2e9)),
        report("tr", "2025-03-06", agreement("small", "contract", on="2025-03-06", amount=3e8)),
    ],
    "a loan agreement and a grant agreement of one sum": [
        report(
            "en",
            "2025-03-06",
            agreement("for the grant", on="2025-03-06", amount=8.2e6, says="exchange of notes on a grant"),
            flow("grant", "grant", 8.2e6, "A>B"),
        ),
        report(
            "tr",
            "2025-03-06",
            agreement("for the loan", on="2025-03-06", amount=8.2e6, says="kredi anlaşması"),
            flow("loan", "loan", 8.2e6, "A>B"),
        ),
    ],
    "a signing dated after the report of it is not known to be of that day": [
        report("en", "2025-03-06", agreement("treaty", "treaty", on="2025-03-06")),
        report("tr", "2025-03-07", agreement("treaty", "treaty", on="2028")),
    ],
    "the same kind between other countries": [
        report("en", "2025-03-06", agreement("with B", on="2025-03-06")),
        report("tr", "2025-03-06", agreement("with C", on="2025-03-06", parties="AC")),
        report("ru", "2025-03-06", agreement("of three", on="2025-03-06", parties="ABC")),
    ],
}

FLOWS: dict[str, list[Report]] = {
    "turnover of two years": [
        report("en", "2025-03-06", flow("2024", "trade_turnover", 6.2e9, start="2024")),
        report(
            "tr",
            "2025-03-06",
            flow("2024", "trade_turnover", 6.2e9, start="2024"),
            flow("2023", "trade_turnover", 5.9e9, start="2023"),
        ),
        report("ru", "2025-03-06", flow("2023", "trade_turnover", 5.9e9, start="2023")),
    ],
    "turnover of equal size in two years": [
        report("en", "2025-03-06", flow("2024", "trade_turnover", 6e9, start="2024")),
        report("tr", "2025-03-06", flow("2023", "trade_turnover", 6e9, start="2023")),
    ],
    "turnover of a year and of its first months": [
        report("en", "2025-11-06", flow("2024", "trade_turnover", 4.1e9, start="2024")),
        report("tr", "2025-11-06", flow("nine months", "trade_turnover", 4.1e9, start="2025-01-01", end="2025-09-30")),
        report("ru", "2025-11-06", flow("five months", "trade_turnover", 2.3e9, start="2025-01-01", end="2025-05-31")),
    ],
    "target beside turnover of the same sum": [
        report("en", "2025-03-06", flow("target", "trade_target", 6e9)),
        report("tr", "2025-03-06", flow("turnover", "trade_turnover", 6e9)),
    ],
    "a target with its year and without": [
        report("en", "2025-03-06", flow("target", "trade_target", 5e9, end="2030")),
        report("tr", "2025-06-06", flow("target", "trade_target", 5e9)),
    ],
    "targets of two years and two sums": [
        report("en", "2025-03-06", flow("by 2030", "trade_target", 5e9, end="2030")),
        report("tr", "2025-03-06", flow("by 2035", "trade_target", 5e9, end="2035")),
        report("ru", "2025-03-06", flow("higher", "trade_target", 1e10, end="2030")),
    ],
    "rounded, about and more than": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 4.38e10, start="2024")),
        report("kk", "2025-03-06", flow("turnover", "trade_turnover", 4.4e10, start="2024")),
        report("tr", "2025-03-06", flow("turnover", "trade_turnover", 4e10, start="2024", bound="at_least")),
        report("ar", "2025-03-06", flow("turnover", "trade_turnover", 4.4e10, start="2024", bound="about")),
    ],
    "about 100 beside 96": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 9.6e7, start="2024")),
        report("tr", "2025-03-06", flow("turnover", "trade_turnover", 1e8, start="2024", bound="about")),
    ],
    "one period, figures that differ by little": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 2.1e9, start="2024")),
        report("tr", "2025-03-06", flow("turnover", "trade_turnover", 2.16e9, start="2024")),
    ],
    "exports in one direction and the other, and both": [
        report("en", "2025-03-06", flow("out", "export", 1.12e10, "A>B", start="2024")),
        report("tr", "2025-03-06", flow("in", "export", 1.12e10, "B>A", start="2024")),
        report("ru", "2025-03-06", flow("both", "trade_turnover", 1.12e10, start="2024")),
    ],
    "loan and grant of one sum": [
        report("en", "2025-03-06", flow("grant", "grant", 8.2e6, "A>B"), flow("loan", "loan", 8.2e6, "A>B")),
        report("tr", "2025-03-06", flow("grant", "grant", 8.2e6, "A>B")),
        report("ru", "2025-03-06", flow("loan", "loan", 8.2e6, "A>B")),
    ],
    "another recipient": [
        report("en", "2025-03-06", flow("to B", "grant", 8.2e6, "A>B"), flow("to C", "grant", 8.2e6, "A>C")),
        report("tr", "2025-03-06", flow("to C", "grant", 8.2e6, "A>C")),
        report("ru", "2025-03-06", flow("back", "grant", 8.2e6, "B>A")),
    ],
    "another lender": [
        report("en", "2025-03-06", flow("of A", "loan", 1e8, "A>B"), flow("of C", "loan", 1e8, "C>B")),
        report("tr", "2025-03-08", flow("of A", "loan", 1e8, "A>B")),
    ],
    "investment pledged and made, and a loan": [
        report("en", "2025-03-06", flow("pledge", "investment_pledge", 5e9, "A>B")),
        report("tr", "2025-03-06", flow("made", "fdi", 5e9, "A>B")),
        report("ru", "2025-03-06", flow("loan", "loan", 5e9, "A>B")),
    ],
    "a stock of investment since a year": [
        report("en", "2025-11-06", flow("stock", "fdi", 7.2e9, "A>B", start="2005-01-01")),
        report("kk", "2025-12-06", flow("stock", "fdi", 7e9, "A>B", start="2005-01-01", bound="at_least")),
    ],
    "a grant of the same sum years later": [
        report("en", "2024-03-06", flow("old", "grant", 8.2e6, "A>B")),
        report("tr", "2025-06-06", flow("new", "grant", 8.2e6, "A>B")),
    ],
    "two loans of one sum under two agreements": [
        report("en", "2025-03-06", flow("dam", "loan", 1e8, "A>B"), agreement("dam deal", on="2025-03-06", amount=1e8)),
        report("tr", "2025-06-06", flow("road", "loan", 1e8, "A>B"), agreement("road deal", on="2025-06-05", amount=1e8)),
    ],
    "grants of two sums": [
        report("en", "2025-03-06", flow("larger", "grant", 7.9e6, "A>B")),
        report("tr", "2025-03-06", flow("smaller", "grant", 7.4e6, "A>B")),
    ],
    "turnover in two currencies": [
        report(
            "en", "2025-11-27", flow("turnover", "trade_turnover", 3.1e10, currency="EUR", start="2025-01-01", end="2025-09-30")
        ),
        report("kk", "2025-11-25", flow("turnover", "trade_turnover", 3.6e10, start="2025-01-01", end="2025-09-30")),
    ],
    "a grant in yen and one in dollars": [
        report("en", "2025-03-06", flow("in yen", "grant", 1.26e9, "A>B", currency="JPY")),
        report("ru", "2025-03-06", flow("in dollars", "grant", 8.2e6, "A>B")),
    ],
    "turnover without its period, months later": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 6.2e9, start="2024")),
        report("tr", "2025-05-06", flow("turnover", "trade_turnover", 6.2e9)),
    ],
}

OFFICIAL = "mfa.gov.a"

# What a fact takes when its reports differ; see test_values.
VALUES: dict[str, list[Report]] = {
    "two against one": [
        report("en", "2025-03-07", met("visit", ANNA, BORIS, on="2025-03-06", city="Alton"), source=OFFICIAL),
        report("tr", "2025-03-08", met("visit", ANNA, BORIS, on="2025-03-07", city="Alton")),
        report("ru", "2025-03-07", met("visit", ANNA, BORIS, on="2025-03-07", city="Alton")),
    ],
    "one against an official one": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 2.12e9, start="2024"), source=OFFICIAL),
        report("tr", "2025-03-08", flow("turnover", "trade_turnover", 2.16e9, start="2024")),
    ],
    "one against a later one": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 2.12e9, start="2024")),
        report("tr", "2025-03-08", flow("turnover", "trade_turnover", 2.16e9, start="2024")),
    ],
    "a figure against two that round it": [
        report("en", "2025-03-06", flow("turnover", "trade_turnover", 4.38e10, start="2024")),
        report("tr", "2025-03-08", flow("turnover", "trade_turnover", 4.4e10, start="2024")),
        report("ru", "2025-03-08", flow("turnover", "trade_turnover", 4.4e10, start="2024")),
    ],
    "a month against a day": [
        report("en", "2025-03-20", agreement("treaty", "treaty", on="2025-03")),
        report("tr", "2025-03-21", agreement("treaty", "treaty", on="2025-03")),
        report("ru", "2025-03-06", agreement("treaty", "treaty", on="2025-03-06")),
    ],
    "no amount of money": [
        report("en", "2025-03-06", flow("nothing", "grant", 0, "A>B")),
        report("tr", "2025-03-06", flow("nothing", "grant", 0, "A>B")),
        report("ru", "2025-03-06", flow("something", "grant", 5e6, "A>B")),
    ],
}

# What may not be added up; see test_marts.
TOTALS: dict[str, list[Report]] = {
    "a package and a member of it, both with their worth": [
        report(
            "en",
            "2025-03-06",
            agreement("package", "package", on="2025-03-06", count=3, amount=3e7),
            flow("total", "investment_pledge", 3e7, "A>B"),
            agreement("member", "contract", on="2025-03-06", amount=1.2e7),
            flow("part", "investment_pledge", 1.2e7, "A>B"),
        ),
    ],
    "a stock and what came in one year of it": [
        report(
            "en", "2025-03-06", flow("stock", "fdi", 9e9, "A>B", start="2005-01-01"), flow("year", "fdi", 4e8, "A>B", start="2024")
        ),
    ],
    "half a year within a year": [
        report(
            "en",
            "2025-03-06",
            flow("half", "export", 3e8, "A>B", start="2024-01-01", end="2024-06-30"),
            flow("year", "export", 7e8, "A>B", start="2024"),
        ),
    ],
}

CASES = {**MEETINGS, **AGREEMENTS, **FLOWS, **VALUES, **TOTALS}
assert len(CASES) == len(MEETINGS) + len(AGREEMENTS) + len(FLOWS) + len(VALUES) + len(TOTALS)
