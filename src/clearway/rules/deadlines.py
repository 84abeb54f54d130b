"""By when: business days of the United States government, yearly dates, record years.

A report is due so many business days after the action, 31 CFR 501.603 and 501.604 count
from the day after; Saturdays, Sundays and federal holidays (5 U.S.C. 6103, on the day
they are observed) are none.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clearway.rules.rule import Duty

if TYPE_CHECKING:
    from holidays import HolidayBase


@lru_cache(maxsize=1)
def _federal() -> "HolidayBase":
    # Imported on use: a clear answer needs no calendar.
    from holidays import country_holidays

    return country_holidays("US")


def is_business_day(day: date) -> bool:
    """Whether the United States government works on a day."""
    return day.weekday() < 5 and day not in _federal()


def after_business_days(day: date, count: int) -> date:
    """The last of so many business days, the first being the one after `day`."""
    while count:
        day += timedelta(days=1)
        if is_business_day(day):
            count -= 1
    return day


def due(duty: Duty, day: date) -> date:
    """The last day of a duty that arises on a day."""
    if duty.business_days:
        return after_business_days(day, duty.business_days)
    if duty.days:
        return day + timedelta(days=duty.days)
    if duty.years:
        return _years_after(day, duty.years)
    return _yearly(duty, day)


def _yearly(duty: Duty, day: date) -> date:
    """The yearly date on which what is held from `day` on is first reported."""
    counted = _next(duty.held_on or duty.month_day, day)
    return _next(duty.month_day, counted)


def _next(month_day: str, day: date) -> date:
    """The first such date of a year that is not before `day`."""
    month, of_month = map(int, month_day.split("-"))
    this_year = date(day.year, month, of_month)
    return this_year if this_year >= day else date(day.year + 1, month, of_month)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
