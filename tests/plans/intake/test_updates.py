import pytest

from plans.intake.updates import place_of_update


@pytest.mark.parametrize(
    ("said", "text", "known", "place"),
    [
        ("实验小学", "实验小学踩踏又有2人受伤", "", "实验小学"),
        ("医院", "接医院电话，死亡人数由2人上升为3人", "实验小学", ""),
        ("县医院", "2名伤员转到县医院", "实验小学", ""),
        ("实验小学宿舍楼", "实验小学宿舍楼又发现2名伤员", "实验小学", "实验小学宿舍楼"),
        ("实验小学", "实验小学又有1人受伤", "实验小学宿舍楼", ""),
        ("第二小学", "地点更正：应为第二小学", "实验小学", "第二小学"),
        ("第二小学", "事发地点是第二小学", "实验小学", "第二小学"),
        ("第二小学", "不是在实验小学，是第二小学", "实验小学", "第二小学"),
        (None, "又发现2名伤员", "实验小学", ""),
    ],
)
def test_a_place_is_replaced_only_by_a_nearer_or_a_corrected_one(said, text, known, place):
    assert place_of_update(said, text, known) == place
