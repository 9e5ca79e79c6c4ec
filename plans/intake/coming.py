"""Those who come because something happened and are none of the harmed: 消防来了10个人, 村里去了五个人."""

from __future__ import annotations

WHO_COME = (
    r"(?:消防|交警|民警|警察|派出所|公安|特警|武警|救援|120|119|110|救护|急救|政府|镇[上里]|乡[里上]|县[里上]|区里|市里|村[里上]|村委"
    r"|社区|街道|公司|厂里|矿[上里]|单位|队[里上]|局里|家属|亲属|家里|亲戚|记者|领导|媒体|邻居|街坊|隔壁|我们|咱们?|志愿者|物业|保安|民兵"
    r"|增援|保险|老板|附近|周围|对面|路过)"
)
"""Who they are."""
CAME = (
    rf"{WHO_COME}[^,。;!?\n\d]{{0,6}}?(?:来|去|到|派|赶|叫|调|喊|出动|过来|出)"
    r"(?:了|过|的|场|来|去|上|现场|出|又)*(?:大概|差不多|约|有)?"
)
"""The words before their number."""
