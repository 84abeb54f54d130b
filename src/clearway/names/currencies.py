"""Currency codes of ISO 4217: those in use, and those of late.

Source: ISO 4217 as maintained by SIX, lists one and three, as generally known; re-keyed
2026-11. Precious metals and funds codes (XAU, XDR, CLF, ...) are codes too.
"""

_IN_USE = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD
BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD
EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD
IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES
VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW
ZWG
"""
_OF_LATE = """
BYR CUC EEK HRK LTL LVL MRO SLL SKK STD TMM TRL VEB VEF ZMK ZWL ZWD AZM GHC MZM ROL RUR
SDD SRG
"""
_OFF_LIST = {"CNH": "CNY", "NTD": "TWD", "RMB": "CNY", "RUR": "RUB"}
"""What people write that ISO does not list, and the code it means."""

CURRENCIES = frozenset((_IN_USE + _OF_LATE).split())


def currency(text: str) -> str:
    """The ISO 4217 code a text means, upper case; empty if it means none."""
    written = text.strip().upper()
    meant = _OFF_LIST.get(written, written)
    return meant if meant in CURRENCIES else ""
