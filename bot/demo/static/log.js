// The bot's calls as they come, and faults to throw at the next ones.

import { get, post, remove } from "./api.js";
import { coalesce, fill, h } from "./dom.js";
import { complain, toast } from "./notices.js";
import { clock } from "./time.js";
import { chatTitle, town, user } from "./town.js";

const KEPT = 300;
const FAULTS = [
  { label: "429 稍后再试", about: "拒绝，并要求等 5 秒", order: { kind: "status", status: 429, retry_after: 5 } },
  { label: "500 服务器错误", about: "拒绝，没有送达", order: { kind: "status", status: 500 } },
  { label: "送达但断线", about: "消息已出现，机器人却收不到回执", order: { kind: "drop" } },
  { label: "没送达就断线", about: "消息没有出现", order: { kind: "reset" } },
  { label: "慢 3 秒", about: "照常送达，只是慢", order: { kind: "delay", seconds: 3 } },
];
const METHODS = { "": "任何调用", sendMessage: "发消息", editMessageText: "改消息", answerCallbackQuery: "按钮应答", pinChatMessage: "置顶" };
const TIMES = [1, 3, 10];
const FAULT_WORDS = { status: "故障：拒绝", drop: "故障：送达后断线", reset: "故障：断线", delay: "故障：变慢", garbage: "故障：乱码", refused: "故障：连不上" };

export class Log {
  constructor(element, remembered) {
    this.calls = [];
    this.rows = h("tbody", {});
    this.counts = h("span.counts", {});
    this.method = h("select", {}, Object.entries(METHODS).map(([value, label]) => h("option", { value }, label)));
    this.times = h("select", {}, TIMES.map((count) => h("option", { value: count }, `${count} 次`)));
    this.box = h("details", { open: remembered.logOpen, ontoggle: () => { remembered.logOpen = this.box.open; this.refresh(); } },
      h("summary", {}, h("b", {}, "接口记录与故障"), this.counts),
      h("div.log-body", {}, h("div.calls", { tabindex: 0, role: "region", "aria-label": "机器人的调用，最新在上" },
        h("table", {}, h("thead", {}, h("tr", {}, ["时间", "方法", "会话", "结果"].map((name) => h("th", { scope: "col" }, name)))), this.rows)),
      h("div.faults", {}, h("h3", {}, "让接下来的调用出错"),
        h("p.fault-choice", {}, h("label", {}, "对 ", this.method), h("label", {}, "连续 ", this.times)),
        h("div.fault-buttons", {}, FAULTS.map((fault) => h("button", { type: "button", title: fault.about, onclick: () => this.order(fault) }, fault.label))),
        h("button.quiet", { type: "button", onclick: () => this.clear() }, "取消所有故障"))));
    fill(element, this.box);
    this.refresh = coalesce(() => this.load(), 400);
  }

  // A town that begins anew counts its calls anew.
  forget() {
    this.calls = [];
    this.refresh();
  }

  async load() {
    try {
      const firstRunning = this.calls.findIndex((call) => call.status === 0 && !call.fault);
      const after = firstRunning >= 0 ? this.calls[firstRunning].n - 1 : this.calls.at(-1)?.n ?? 0;
      const { calls } = await get("/play/calls", { after });
      this.calls = [...this.calls.filter((call) => call.n <= after), ...calls].slice(-KEPT);
    } catch {
      return;
    }
    this.draw();
  }

  draw() {
    const failed = this.calls.filter((call) => call.status >= 400 || call.fault).length;
    const waiting = town.world.pending_updates;
    fill(this.counts, `最近 ${this.calls.length} 次调用，${failed ? `${failed} 次不顺` : "全部成功"}`, waiting > 0 && `；${waiting} 条更新等机器人来取`);
    if (!this.box.open) return;
    fill(this.rows, [...this.calls].reverse().map((call) => h("tr", { class: call.status >= 400 || call.fault ? "bad" : "" },
      h("td", {}, clock(new Date(call.at))), h("td", {}, call.method), h("td", {}, place(call.chat)), h("td", {}, outcome(call)))));
  }

  async order({ label, order }) {
    try {
      const { orders } = await post("/play/faults", { ...order, method: this.method.value || null, times: Number(this.times.value) });
      toast(`已安排「${label}」，对${METHODS[this.method.value]}，${this.times.value} 次（共 ${orders} 项安排）`);
    } catch (error) {
      complain(error);
    }
  }

  async clear() {
    try {
      await remove("/play/faults");
      toast("故障已全部取消");
    } catch (error) {
      complain(error);
    }
  }
}

const place = (key) => (key === null ? "" : Number(key) > 0 ? user(Number(key))?.name ?? String(key) : chatTitle(String(key)));

function outcome(call) {
  const said = call.status === 0 ? "进行中" : call.status === 200 ? "成功" : `${call.status} ${call.description ?? ""}`;
  return call.fault ? `${FAULT_WORDS[call.fault] ?? call.fault}${call.status ? ` · ${said}` : ""}` : said;
}
