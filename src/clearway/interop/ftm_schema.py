"""What the schemata and properties of FollowTheMoney are for us.

After the schema reference at followthemoney.tech (default model 3.8 and 4.0). A
property that stands in no table is kept under its own name.
"""

from clearway.model import Kind, NameType, Quality

PARTIES = {
    "Person": Kind.PERSON,
    "Organization": Kind.ORGANIZATION,
    "Company": Kind.ORGANIZATION,
    "PublicBody": Kind.ORGANIZATION,
    "LegalEntity": Kind.ANY,  # a person or a company
    "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRCRAFT,
    "CryptoWallet": Kind.ANY,
}
SCHEMATA = {
    Kind.PERSON: "Person",
    Kind.ORGANIZATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.ANY: "LegalEntity",
}

NAMES = {
    "name": (NameType.PRIMARY, Quality.STRONG),
    "alias": (NameType.ALIAS, Quality.STRONG),
    "previousName": (NameType.FORMER, Quality.STRONG),
    "weakAlias": (NameType.ALIAS, Quality.WEAK),
    "abbreviation": (NameType.ALIAS, Quality.WEAK),
}
# Property of a part of a name, and the part in ours, in reading order.
NAME_PARTS = {
    "firstName": "first",
    "secondName": "second",
    "middleName": "middle",
    "fatherName": "patronymic",
    "lastName": "last",
}

COUNTRIES = {
    "nationality": "nationality",
    "citizenship": "citizenship",
    "jurisdiction": "jurisdiction",
    "flag": "flag",
    "pastFlags": "former_flag",
    "country": "",
    "mainCountry": "",
}

IDENTIFIERS = {
    "passportNumber": "passport",
    "idNumber": "other",  # any document; of a person a national one
    "socialSecurityNumber": "national_id",
    "taxNumber": "tax_id",
    "vatCode": "tax_id",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "uscCode": "uscc",
    "leiCode": "lei",
    "dunsCode": "duns",
    "swiftBic": "bic",
    "registrationNumber": "registration",  # of an aircraft its tail number
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "callSign": "call_sign",
    "serialNumber": "serial_number",
    "publicKey": "wallet",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "irsCode": "tax_id",
    "voenCode": "tax_id",
    "kppCode": "other",
    "okpoCode": "other",
    "bikCode": "other",
    "bvdId": "other",
    "cageCode": "other",
    "crsNumber": "other",
    "giiNumber": "other",
    "icaoCode": "other",
    "jibCode": "other",
    "licenseNumber": "other",
    "npiCode": "other",
    "permId": "other",
    "uniqueEntityId": "other",
    "wikidataId": "other",
}
SPECIAL_IDENTIFIERS = {
    ("Person", "idNumber"): "national_id",
    ("Airplane", "registrationNumber"): "tail_number",
}
IDENTIFIER_PROPERTIES = {
    "passport": "passportNumber",
    "national_id": "idNumber",
    "tax_id": "taxNumber",
    "registration": "registrationNumber",
    "tail_number": "registrationNumber",
    "lei": "leiCode",
    "bic": "swiftBic",
    "imo": "imoNumber",
    "mmsi": "mmsi",
    "call_sign": "callSign",
    "serial_number": "serialNumber",
    "wallet": "publicKey",
    "inn": "innCode",
    "ogrn": "ogrnCode",
    "uscc": "uscCode",
    "duns": "dunsCode",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "other": "idNumber",
}

# Our heading of a detail, where it is not the property's own name.
DETAILS = {
    "notes": "remark",
    "type": "vessel_type",
    "grossRegisteredTonnage": "gross_registered_tonnage",
    "model": "aircraft_model",
}
DETAIL_PROPERTIES = {ours: theirs for theirs, ours in DETAILS.items()} | {
    name: name
    for name in (
        "gender", "title", "position", "topics", "tonnage", "profession", "education",
        "religion", "ethnicity", "political", "legalForm", "sector", "status",
        "incorporationDate", "dissolutionDate", "buildDate", "description", "summary",
        "keywords", "sourceUrl", "wikipediaUrl", "classification", "motherName",
    )
}  # fmt: skip

# The ends of a tie, and how the second relates to the first where it has no role.
TIES = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}
# Whom an entity that is no party belongs to.
HOLDERS = {
    "Sanction": ("entity",),
    "Identification": ("holder",),
    "Passport": ("holder",),
    "CryptoWallet": ("holder",),
} | TIES
CURRENCIES = ("currencySymbol", "currency")
ENTITY_PROPERTIES = frozenset({"parent", "owner", "operator", "holder"})
TIE_PROPERTIES = ENTITY_PROPERTIES.union(*TIES.values())
"""Every property whose value is the id of another party."""
