"""Units of quantity as papers and statistics write them: kilograms or pieces.

Two measures make prices comparable: weight in kilograms, and a count of pieces. Other
units (metres, litres, sets, cartons) are known, but a price in them is compared with
nothing. Written from trade usage and UN/ECE Recommendation 20, from memory.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

KG = "kg"
PIECE = "piece"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its `name`, the `measure` it counts in, and how much of that one is.

    `measure` is `kg`, `piece`, or the name itself where nothing compares with it.
    `whole` says that half of one cannot be delivered.
    """

    name: str
    measure: str
    factor: Decimal = Decimal(1)
    whole: bool = False


def _unit(name: str, measure: str, factor: str = "1", *, whole: bool = False) -> Unit:
    return Unit(name, measure, Decimal(factor), whole)


_WORDS: Mapping[Unit, str] = {
    _unit("piece", PIECE, whole=True): """
        pc pcs pce pces piece pieces ea each unit units u nos no nmb c62 h87 item
        items number-of-items number-of-item pc(s) piece(s) unit(s) nr pz pza pzas
        uds und unid unidad unidades unidade pieza piezas pièce pièces pcs. pezzi
        pezzo un ud шт штука штук штуки ед единица единиц экз экземпляр 台 件 个 只
        支 枚 块 片 架 辆 艘 把 根 條 条 張 张 粒 颗 個 臺 辆次 颗粒 本 部 座 头 株
        盏 stk stück stueck st stck adet ad tane parça szt ks db kpl-piece дана قطعة""",
    _unit("pair", "pair", whole=True): """
        pair pairs pr prs npr пара пар 双 對 对 paar çift""",
    _unit("dozen", PIECE, "12", whole=True): "dozen doz dz dzn dzp дюжина 打 düzine",
    _unit("hundred pieces", PIECE, "100"): "100pcs 百个 cen 100-pcs 100шт",
    _unit("thousand pieces", PIECE, "1000"): """
        kpcs 1000pcs mil тыс.шт тыс-шт т.шт тысшт тысячштук 千个 千支 千只
        thousand-pieces tsd-stk 1000stk 1000-adet 1000шт 1000-pcs thousand-items
        thousands-of-items k-pcs 1000pce mpcs тыс 千件 thousand""",
    _unit("set", "set", whole=True): """
        set sets kit kits complect комплект компл комплектов к-т набор наборов 套 组
        組 副 satz sätze takım tk jeu jeux juego juegos set(s) assembly комп kit(s)""",
    _unit("kilogram", KG): """
        kg kgs kgm kilogram kilograms kilogramme kilo kilos weight-in-kilograms kg(s)
        кг килограмм килограммов кило 千克 公斤 kilogramm kilogramos kgr кілограм""",
    _unit("gram", KG, "0.001"): "g gr grm gram grams gramme г гр грамм 克 gramm",
    _unit("milligram", KG, "0.000001"): "mg мг 毫克",
    _unit("tonne", KG, "1000"): """
        t to ton tons tonne tonnes tne mt mts m/t metric-ton metric-tons mton m.t. тн
        тонна тонн тонны т 吨 公吨 噸 tonnen tonelada toneladas""",
    _unit("pound", KG, "0.45359237"): "lb lbs lbr pound pounds фунт 磅 libra",
    _unit("ounce", KG, "0.028349523"): "oz onz ounce ounces",
    _unit("carat", KG, "0.0002"): "ct carat carats карат 克拉",
    _unit("metre", "metre"): """
        m mtr mtrs meter meters metre metres м метр метров 米 metres laufmeter lfm rm
        п.м пог.м погм погонный-метр""",
    _unit("square metre", "square metre"): """
        m2 m² sqm sq.m mtk square-meter square-metre square-metres м2 м² кв.м квм
        平方米 qm metrekare""",
    _unit("cubic metre", "cubic metre"): """
        m3 m³ cbm cu.m mtq cubic-meter cubic-metre cubic-metres м3 м³ куб.м кубм
        立方米 metreküp""",
    _unit("litre", "litre"): "l lt ltr ltrs liter liters litre litres л литр литров 升",
    _unit("foot", "foot"): "ft foot feet фут 英尺",
    _unit("kilometre", "kilometre"): "km км 千米 公里",
    _unit("kilowatt hour", "kilowatt hour"): "kwh mwh квтч квт.ч 千瓦时",
    _unit("hour", "hour"): "h hr hrs hour hours час часов stunde stunden saat 小时 hur",
    _unit("roll", "roll", whole=True): """
        roll rolls rl rulon рулон рулонов рул 卷 rolle rollen rulo bobbin reel reels""",
    _unit("package", "package"): """
        ctn ctns carton cartons box boxes bx pkg pkgs package packages pack packs pk
        pal pallet pallets plt bag bags bale bales case cases cs drum drums crate
        crates bundle bundles barrel barrels tray coil bottle bottles can cans tube
        lot lots cyl bbl кор короб коробка коробок уп упак упаковка упаковок место
        мест мешок мешков паллета паллет поддон бочка бочек ящик ящиков бутылка пачка
        лот рул-уп уп. 箱 包 袋 桶 托 捆 盒 瓶 纸箱 托盘 罐 批 kutu koli palet paket
        çuval karton kartons kiste fass palette packung pck kolli colli sack vpe""",
    _unit("service", "service"): """
        job service services hizmet услуга услуг усл 项 次 leistung pauschal lumpsum
        ls""",
}


def unit_of(text: str) -> Unit | None:
    """The unit a text means, or None where nobody knows it; an empty text is none."""
    return _table().get(_form(text))


@cache
def _table() -> Mapping[str, Unit]:
    return {_form(word): unit for unit, said in _WORDS.items() for word in said.split()}


_MARKS = re.compile(r"[\s.\-_()/]+")


def _form(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", plain.replace("i̇", "i"))
