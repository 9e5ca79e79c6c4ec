"""An address of another way says who is told and nothing of how: each kind, against all that Apprise would take."""

from __future__ import annotations

import warnings
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from bot.notifier import child
from bot.notifier.addresses import KINDS, BadAddress, cleared, hosts_of, scheme_of

if TYPE_CHECKING:
    from apprise.plugins import NotifyBase

SAMPLES = {
    "mailto": "mailto://user:secret@mail.example.cn?to=duty@example.cn",
    "mailtos": "mailtos://user:secret@mail.example.cn?to=duty@example.cn",
    "dingtalk": f"dingtalk://{'a1' * 16}",
    "feishu": "feishu://" + "a1b2" * 8,
    "lark": "lark://" + "a1b2" * 8,
    "wecombot": "wecombot://" + "a1b2-" * 6,
    "wecom": "wecom://" + "a1b2" * 8,
    "pushplus": "pushplus://" + "a1b2" * 8,
    "wxpusher": "wxpusher://AT_" + "a1b2" * 8 + "/UID_" + "a1b2" * 7,
    "schan": "schan://SCT" + "a1b2" * 7,
    "pushdeer": "pushdeer://push.example.cn/PDU" + "a1b2" * 6,
    "pushdeers": "pushdeers://push.example.cn/PDU" + "a1b2" * 6,
    "bark": "bark://bark.example.cn/key",
    "barks": "barks://bark.example.cn/key",
    "ntfy": "ntfy://ntfy.example.cn/topic",
    "ntfys": "ntfys://ntfy.example.cn/topic",
    "gotify": "gotify://gotify.example.cn/Aa1b2c3d4e5f6g7",
    "gotifys": "gotifys://gotify.example.cn/Aa1b2c3d4e5f6g7",
    "twilio": "twilio://AC" + "a" * 32 + ":" + "b" * 32 + "@15550000001/15550000002",
    "vonage": "vonage://" + "a" * 8 + ":" + "b" * 16 + "@15550000001/15550000002",
    "sinch": "sinch://" + "a" * 32 + ":" + "b" * 32 + "@15550000001/15550000002",
    "sns": "sns://" + "A" * 20 + "/" + "b" * 40 + "/us-east-1/15550000002",
    "clicksend": "clicksend://user:key@15550000002",
    "smseagle": "smseagle://token@eagle.example.cn/15550000002",
    "smseagles": "smseagles://token@eagle.example.cn/15550000002",
    "httpsms": "httpsms://" + "a" * 20 + "@15550000001/15550000002",
    "json": "json://sms.example.cn/path/key",
    "jsons": "jsons://sms.example.cn/path/key",
    "form": "form://sms.example.cn/path/key",
    "forms": "forms://sms.example.cn/path/key",
    "qq": "qq://" + "a1b2" * 8,
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
}
STEERING = {
    "rto": "900", "cto": "900", "method": "DELETE", "redirect": "yes", "verify": "no", "retry": "9", "wait": "60",
    "optional": "yes", "store": "no", "tz": "x", "headers": "x", "+X-Header": "x", "%2BX-Header": "x", "RTO": "900",
    "r%74o": "900", " cto": "900", "attach-as": "x", "template": "/etc/passwd", "pgppub": "/etc/passwd",
}  # fmt: skip


@cache
def apprise() -> ModuleType:
    """Load the library and its hundred services; it takes long, and only these tests wait for it."""
    with warnings.catch_warnings():  # of modules that it loads and a later Python lacks
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        apprise.Apprise.instantiate("json://localhost")
    return apprise


def plugin(scheme: str) -> type[NotifyBase]:
    found = apprise().manager_plugins.NotificationManager()[scheme]
    assert found is not None
    return found


def steered(scheme: str) -> dict[str, str]:
    """All that Apprise takes for a kind and this program does not let an address say."""
    known = {name: "x" for name in plugin(scheme).template_args if name not in KINDS[scheme].parameters}
    return {name: value for name, value in {**known, **STEERING}.items() if name not in ("format", "overflow")}


def test_every_kind_has_its_parameters_and_a_sample():
    assert set(KINDS) == set(SAMPLES)
    for scheme in KINDS:
        assert KINDS[scheme].parameters & set(STEERING) == set()


@pytest.mark.parametrize("scheme", KINDS)
def test_what_steers_a_call_is_refused_and_taken_out_of_a_stored_address(scheme):
    plain = SAMPLES[scheme]
    assert scheme_of(plain) == scheme and cleared(plain) == plain
    service = apprise().Apprise.instantiate(plain)
    assert service is not None, "the sample is an address"
    for name, value in steered(scheme).items():
        for mark in ("&", ";", "?"):
            address = f"{plain}{mark if '?' in plain else '?'}{name}={value}"
            with pytest.raises(BadAddress, match="不能写在地址里"):
                scheme_of(address)
            assert cleared(address) == plain
    worst = f"{plain}{'&' if '?' in plain else '?'}" + "&".join(f"{name}={value}" for name, value in STEERING.items())
    made = child._service(scheme, worst)
    connecting = child.READ_SECONDS if scheme.startswith("mailto") else child.CONNECT_SECONDS
    assert made.request_timeout == (connecting, child.READ_SECONDS)
    assert made.redirects is False and made.verify_certificate is True
    assert (made.retry, made.wait) == (0, 0.0)
    if KINDS[scheme].gateway:
        assert (made.method, made.headers) == ("POST", {})


@pytest.mark.parametrize("scheme", sorted(scheme for scheme in KINDS if KINDS[scheme].gateway))
def test_a_gateway_may_name_the_fields_of_its_form(scheme):
    address = f"{SAMPLES[scheme]}?:mobile=1&-sign=x"
    assert scheme_of(address) == scheme and cleared(address) == address


@pytest.mark.parametrize("address", ["json://a\u202eb", "json://a\u0000b", "json://a b\n", "JSON ://x", "://", "json"])
def test_what_cannot_be_seen_is_no_address(address):
    with pytest.raises(BadAddress, match="应为一个通知地址"):
        scheme_of(address)


def test_a_long_name_of_a_parameter_is_cut_and_no_key_is_repeated():
    with pytest.raises(BadAddress) as caught:
        scheme_of("json://user:geheim@sms.example.cn/x?" + "z" * 900 + "=1")
    assert "geheim" not in str(caught.value) and len(str(caught.value)) < 120


def test_the_operator_lists_hosts():
    assert hosts_of("SMS.gov.example， 10.1.2.3;10.2.0.0/16 [fd00::1]") == {
        "sms.gov.example",
        "10.1.2.3",
        "10.2.0.0/16",
        "[fd00::1]",
    }
    for wrong in ("10.1.2.3/99", "http://x", "a@b", "10.0.0.1/8"):
        with pytest.raises(ValueError, match="应为主机名、地址或网段"):
            hosts_of(wrong)
