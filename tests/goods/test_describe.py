import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.goods.codes import Code
from clearway.goods.describe import contradiction, hints
from clearway.goods.high_priority import listed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tantalum capacitors 10uF 16V", "853221"),
        ("Capacitors, tantalum, SMD", "853221"),
        ("Capacitors, tantalium", "853221"),
        ("танталовые конденсаторы", "853221"),
        ("конденсатор танталовый К52-1", "853221"),
        ("钽电容", "853221"),
        ("MLCC 0402 100nF", "853224"),
        ("CNC machining centre", "845710"),
        ("vertical machining center VMC850", "845710"),
        ("станок с ЧПУ", "845710"),
        ("станки с ЧПУ обрабатывающие", "845710"),
        ("数控机床", "845710"),
        ("токарные станки с ЧПУ", "845811"),
        ("数控车床 两台", "845811"),
        ("Deep groove ball bearings 6204-2RS", "848210"),
        ("подшипники шариковые радиальные", "848210"),
        ("圆锥滚子轴承", "848220"),
        ("digital storage oscilloscope", "903020"),
        ("oscilloscop", "903020"),
        ("осциллографы цифровые", "903020"),
        ("示波器", "903020"),
        ("FPGA Xilinx Spartan-6", "854239"),
        ("ПЛИС", "854239"),
        ("现场可编程门阵列", "854239"),
        ("MICROCONTROLLERS STM32", "854231"),
        ("микроконтроллеры", "854231"),
        ("Fibre optic gyroscopes", "901420"),
        ("гироскопы волоконно-оптические", "901420"),
        ("光纤陀螺", "901420"),
        ("GPS receiver modules", "852691"),
        ("оптические прицелы", "901310"),
        ("瞄准镜", "901310"),
        ("spare parts for aircraft", "880730"),
        ("запасные части для самолётов", "880730"),
        ("бинокли ночного видения", "9005"),
        ("nitrocellulose lacquer grade", "391220"),
        ("нитроцеллюлоза", "391220"),
        ("thermal imaging cameras", "852589"),
        ("моторное масло 5W-40", "271019"),
        ("无人机配件", "880730"),
    ],
)
def test_words_of_trade_hint_at_the_code(text: str, code: str) -> None:
    assert code in {hint.code for hint in hints(text)}


ORDINARY = """
cotton shirts; wheat; frozen fish; frozen pollock fillets; men's leather shoes
office furniture; wooden chairs; plywood sheets; potato chips; apples and oranges
green tea; roasted coffee; wine; olive oil; sunflower oil; sugar; rice; steel bars
iron ore; coal; urea fertilizer; cement; paper; toys; plastic toys for children
ball pens; footballs; soccer balls; tennis balls; glass bottles
tyres for passenger cars; bicycles; shampoo; perfume; books; newspapers; LED lamps
candles; soap; fruit bearing trees; interest bearing notes; medicines; vaccines
tablets; dental cement; timber; garden hose; kitchen knives; frying pans
washing powder; baby strollers; umbrellas; carpets; consulting services
software licence; salary for March; rent of office; freight charges; dividend
хлопковые рубашки; пшеница; замороженная рыба; мебель офисная; обувь кожаная; бумага
чай; рис; картофель; удобрения; детские игрушки; посуда; лекарства; древесина; уголь
металлопрокат; цемент; аренда помещения; оплата по договору; заработная плата
консультационные услуги; нефть; газ; 棉衬衫; 小麦; 冷冻鱼; 家具; 皮鞋; 玩具; 大米
茶叶; 纸张; 化肥; 服装; 水果; 咨询服务费; 工资; 租金; 葡萄酒; 自行车; 轮胎
"""


@pytest.mark.parametrize(
    "text", [part.strip() for line in ORDINARY.split("\n") for part in line.split(";")]
)
def test_ordinary_goods_hint_at_nothing(text: str) -> None:
    assert hints(text) == ()


def test_order_and_number_do_not_matter_and_a_typo_costs_a_little() -> None:
    (right,) = hints("tantalum capacitor")
    (turned,) = hints("CAPACITORS - TANTALUM")
    (misspelt,) = hints("tantalum capacitr")
    assert right.score == turned.score == 1.0
    assert 0.8 < misspelt.score < right.score


def test_a_phrase_says_more_than_a_word_and_one_code_more_than_several() -> None:
    assert hints("ball bearings")[0].score > hints("bearings")[0].score
    assert {hint.code for hint in hints("bearings")} >= {"848210", "848220", "848250"}


def test_the_longer_phrase_explains_the_words_of_the_shorter() -> None:
    assert [hint.code for hint in hints("tapered roller bearings")] == ["848220"]


def test_every_listed_code_has_words_in_three_languages() -> None:
    from clearway.goods.describe import _rows

    tiers = {code for code, items in listed().items() if items[0].tier}
    spoken = {code for row in _rows() if row.phrases for code in row.codes}
    chinese = {code for row in _rows() if row.chinese for code in row.codes}
    russian = {
        code
        for row in _rows()
        for phrase in row.phrases
        if any("а" <= char <= "я" for char in "".join(phrase))
        for code in row.codes
    }
    assert tiers <= spoken & chinese & russian


def test_a_description_of_our_goods_under_another_code_contradicts_it() -> None:
    found = contradiction(Code("520100"), "ball bearings, 500 pcs")
    assert found is not None
    assert found.listed
    assert "848210" in found.suggested
    assert "bearing" in str(found)


def test_a_listed_code_over_ordinary_goods_is_contradicted() -> None:
    found = contradiction(Code("84821090"), "cotton T-shirts for men")
    assert found is not None
    assert not found.listed
    assert "61" in found.suggested
    assert contradiction(Code("854231"), "冷冻鱼") is not None
    assert contradiction(Code("854231"), "рубашки хлопковые") is not None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("848210", "ball bearings"),
        ("8482109008", "подшипники"),
        ("610910", "cotton T-shirts"),
        ("030389", "frozen fish"),
        ("848210", "as per invoice 12"),
        ("848210", ""),
        ("520100", "cotton and a bearing surface"),
        ("950300", "toy drone for children"),
        ("880330", "aircraft parts"),
        ("854140", "photodiodes"),
        ("902720", "chemical analysis instrument for milk"),
    ],
)
def test_what_fits_or_says_nothing_contradicts_nothing(code: str, text: str) -> None:
    assert contradiction(Code(code), text) is None


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    for hint in hints(text):
        assert 0 < hint.score <= 1
        assert hint.words
    contradiction(Code("848210"), text)
