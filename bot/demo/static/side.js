// The strip beside the chats: virtual time, how fast it goes, what is due, and the two heavy levers.

import { fill, fillIfNew, h } from "./dom.js";
import { complain, confirmBox, toast } from "./notices.js";
import { clock, day, span, timeFrom } from "./time.js";
import { act, now, town } from "./town.js";

const STATUS = {
  pending: "未到时限", possible: "是否需报待定", overdue: "已逾期", filed: "已按时报送", late: "逾期后已报", waived: "已免报", superseded: "已被替代",
};
const OPEN = new Set(["pending", "possible", "overdue"]);
const RATE = { 0: "停", 1: "实时" };

// Pages of the program itself, each in a tab of its own: the wall is paired already, the board is the duty officer's.
export const wall = () => h("a", { href: "/demo/screen/wall", target: "_blank", rel: "noopener" }, "值班室大屏");

const screens = () => h("p.screens", {}, wall(), " ", h("a", { href: "/demo/screen/board", target: "_blank", rel: "noopener" }, "值班员的看板"));

export class Side {
  constructor(element, topClock) {
    this.topClock = topClock;
    this.time = h("p.clock", {});
    this.date = h("p.clock-day", {});
    this.rates = h("div.rates", { role: "group", "aria-label": "时间快慢" });
    this.jump = h("button.solid.jump", { type: "button", onclick: () => this.toNext() });
    this.standing = h("p.hint", { hidden: true }, "时间停着。机器人要发的消息照样发出：每条之间只走一秒。");
    this.list = h("div.deadlines", {});
    this.tasks = [];
    this.power = h("div.power", {});
    fill(element, h("section.card", { "aria-labelledby": "clock-title" }, h("h2", { id: "clock-title" }, "北京时间（虚拟）"), this.time, this.date, this.rates, this.jump, this.standing),
      h("section.card", { "aria-labelledby": "due-title" }, h("h2", { id: "due-title" }, "报送时限"), this.list),
      h("section.card", { "aria-labelledby": "screens-title" }, h("h2", { id: "screens-title" }, "墙上和手机上"), screens()),
      h("section.card.levers", { "aria-label": "机器人与小城" },
        this.power,
        h("button", { type: "button", onclick: () => this.reset() }, "全部恢复原状")));
    this.tick();
  }

  draw() {
    const { rates, rate, next } = town.stage;
    fillIfNew(this.rates, [rates, rate], () => rates.map((one) => h("button", {
      type: "button", "aria-pressed": String(one === rate), "data-focus": String(one), onclick: () => act("rate", { rate: one }).catch(complain),
    }, h("b", {}, `×${one}`), RATE[one] && [" ", h("small", {}, RATE[one])])));
    fillIfNew(this.jump, next, () => [next ? `跳到下一时限 ${timeFrom(new Date(next), now())}` : "没有待到的时限"]);
    this.jump.disabled = !next;
    this.standing.hidden = rate !== 0;
    this.drawPower();
    this.drawDeadlines();
  }

  drawPower() {
    const { alive } = town.stage;
    const waiting = town.world.pending_updates;
    fillIfNew(this.power, [alive, alive ? 0 : waiting], () => alive
      ? h("button", { type: "button", "data-focus": "power", onclick: (event) => this.turn(event, "kill", "机器人已断电。现在发几条试试，再启动它") }, "拔掉机器人的电源")
      : [h("button.solid", { type: "button", "data-focus": "power", onclick: (event) => this.turn(event, "revive", "机器人已启动，正在补办") }, "重新启动机器人"),
        h("p.hint", { role: "status" }, `机器人没有运行：没有应答，也没有提醒。${waiting ? `已有 ${waiting} 条更新在等它来取。` : ""}`)]);
  }

  drawDeadlines() {
    const { deadlines } = town.stage;
    const fresh = fillIfNew(this.list, deadlines, () => {
      this.tasks = [];
      const open = deadlines.filter((one) => OPEN.has(one.status));
      const done = deadlines.filter((one) => !OPEN.has(one.status)).reverse();
      if (!deadlines.length) return h("p.empty", {}, "还没有事件。报告一起，这里就列出该在几点前向谁报送。");
      return [h("ul", {}, open.map((one) => this.card(one))), !open.length && h("p.empty", {}, "没有待报送的事项。"),
        done.length > 0 && h("details", { open: this.doneOpen, ontoggle: (event) => { this.doneOpen = event.target.open; } },
          h("summary", {}, `已了结 ${done.length} 项`), h("ul", {}, done.map((one) => this.card(one))))];
    });
    if (fresh) this.count();
  }

  card(one) {
    const due = new Date(one.due);
    const left = h("span.left", {});
    if (OPEN.has(one.status)) this.tasks.push({ due, left, possible: one.status === "possible" });
    const told = new Set(one.filed);
    const waiting = one.to.filter((name) => !told.has(name));
    return h("li.deadline", { class: one.status },
      h("p.deadline-head", {}, h("b", {}, `${one.drill ? "演练 " : ""}${one.incident}号 ${one.report}`), h("span.status", {}, STATUS[one.status] ?? one.status)),
      h("p.deadline-due", {}, h("span", {}, `${timeFrom(due, now())} 前`), left, h("span.clause", {}, /^\d/.test(one.clause) ? `预案 ${one.clause}` : one.clause)),
      one.to.length > 0 && h("dl.to", {},
        waiting.length > 0 && [h("dt", {}, OPEN.has(one.status) ? "还差" : "未报"), h("dd", {}, waiting.join("、"))],
        told.size > 0 && [h("dt", {}, "已报"), h("dd", {}, one.filed.join("、"))]),
      one.text && h("p.hint", {}, one.text));
  }

  tick() {
    const moment = now();
    if (moment) {
      this.time.textContent = clock(moment);
      this.topClock.textContent = clock(moment);
      this.date.textContent = day(moment);
      this.count(moment);
    }
    setTimeout(() => this.tick(), 200);
  }

  count(moment = now()) {
    if (!moment) return;
    for (const { due, left, possible } of this.tasks) {
      const late = moment > due;
      left.textContent = `${possible ? "若需报，" : ""}${late ? (possible ? "已过" : "超过") : "还剩"} ${span(due - moment)}`;
      left.classList.toggle("over", late && !possible);
    }
  }

  toNext() {
    act("jump").catch(complain);
  }

  // Like a power cut: nothing is asked, nothing is brought to an end; and nothing is lost.
  async turn({ target }, name, said) {
    target.disabled = true;
    try {
      await act(name);
      toast(said);
    } catch (error) {
      target.disabled = false;
      complain(error);
    }
  }

  async reset() {
    if (!await confirmBox("清空所有会话和记录，时钟拨回最初，从头再来？", "恢复原状")) return;
    try {
      await act("reset");
      location.reload();
    } catch (error) {
      complain(error);
    }
  }
}
