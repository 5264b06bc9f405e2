"""What the demo sets otherwise than a club that works."""

from bot.demo.stage import demo_settings, without_caps
from config.centre import load_centre


def test_a_month_that_the_clock_runs_through_in_an_hour_reaches_no_cap_on_sms() -> None:
    real = load_centre(demo_settings(8000).centre)
    played = without_caps(real)
    assert played.rules.sms_parts_a_day > 100 * real.rules.sms_parts_a_month
    assert played.rules.sms_parts_a_month >= played.rules.sms_parts_a_day
    kept = played.model_copy(update={"rules": real.rules})
    assert kept == real
