// A Telegram chat: bubbles with buttons, files, the keyboard below, the menu of commands.

import { time } from "./days.js";
import { find, follow, make, renew, soon } from "./dom.js";
import { dayLine, line, withDays } from "./handset.js";
import { post, read } from "./http.js";
import { menu } from "./menu.js";
import { accountOf, Choice, introduce } from "./people.js";
import { entitled } from "./entities.js";
import { language, say } from "./texts.js";

const NOTICE_MILLISECONDS = 5000;

export class Chat {
  constructor(section) {
    for (const name of ["log", "bubbles", "empty", "description", "notice", "samples", "start", "compose", "menu", "commands", "replies", "block"])
      this[name] = find(`[data-${name}]`, section);
    this.input = find("input", this.compose);
    this.refresh = soon(() => this.#show());
    this.meet = soon(() => this.#meet());
    this.choice = new Choice(find("[data-person]", section), {
      name: section.id, first: 1, keyOf: accountOf, changed: this.meet,
    });
    this.start.addEventListener("click", () => this.#do("start"));
    this.block.addEventListener("click", () => this.#do(this.shown.blocked ? "unblock" : "block"));
    this.compose.addEventListener("submit", (event) => this.#send(event));
    this.closeMenu = menu(this.menu);
    section.addEventListener("click", (event) => this.#tap(event.target.closest("[data-sample]")));
  }

  get id() {
    return accountOf(this.choice.person);
  }

  hears(change) {
    if (change.kind === "reset") this.meet();
    if (change.kind === "profile" || (change.kind === "chat" && change.chat === this.id)) this.refresh();
    if (change.kind === "notice" && change.chat === this.id && change.text) this.#tell(change.text);
  }

  async #meet() {
    const id = this.id;
    await introduce(this.choice.person);
    if (id === this.id) await this.#show();
  }

  async #do(act, body) {
    try {
      await post(`chats/${this.id}/${act}`, body);
    } catch (error) {
      this.#tell(say("refused", { why: error.message }));
    }
  }

  async #send(event) {
    event.preventDefault();
    const text = this.input.value;
    this.input.value = "";
    this.input.focus();
    if (text.trim()) await this.#do("text", { text });
  }

  async #tap(sample) {
    if (!sample) return;
    this.closeMenu();
    this.input.focus({ preventScroll: true });
    await this.#do("text", { text: sample.dataset.sample });
  }

  async #show() {
    const id = this.id;
    const shown = await read(`chats/${id}`);
    if (id !== this.id) return;
    this.shown = shown;
    const writing = shown.started && !shown.blocked;
    const before = shown.started ? "" : shown.description || say("chat_empty");
    this.description.textContent = writing ? say("no_sms") : before;
    this.empty.hidden = shown.messages.length > 0;
    this.log.hidden = !shown.messages.length;
    this.samples.hidden = !writing;
    this.start.hidden = shown.started;
    this.compose.hidden = !writing;
    this.block.hidden = !shown.started;
    this.block.textContent = say(shown.blocked ? "chat_unblock" : "chat_block");
    if (shown.blocked) this.notice.textContent = say("chat_blocked");
    else if (this.notice.textContent === say("chat_blocked")) this.notice.textContent = "";
    this.bubbles.lang = this.choice.person.language ?? "pl";
    this.#showMessages(shown.messages);
    this.#showCommands(shown.commands);
    this.#showKeyboard(writing ? shown.keyboard : null);
  }

  #showMessages(messages) {
    const held = this.bubbles.contains(document.activeElement);
    const keyOf = (item) => item.message_id ?? item.day;
    follow(this.log, () => renew(this.bubbles, withDays(messages), keyOf, (item) => this.#bubble(item)));
    if (held && !this.bubbles.contains(document.activeElement)) this.#holdFocus();
  }

  /** A pressed button may be gone: the next thing to press is the newest one, else the box. */
  #holdFocus() {
    const buttons = this.bubbles.querySelectorAll("li:last-child button");
    (buttons[0] ?? this.input).focus({ preventScroll: true });
  }

  #bubble(message) {
    if (message.day) return dayLine(message.day);
    const who = make("span", { className: "quiet", lang: language }, `${say(message.mine ? "you" : "club")}: `);
    const parts = [message.document && this.#file(message.document), message.text && make("p", {}, who, ...entitled(message))];
    if (message.contact) parts.push(make("p", {}, who, say("chat_contact", { phone: message.contact.phone_number })));
    const foot = [time(new Date(message.seen_at)), message.edited ? say("chat_edited") : "", message.reaction ?? ""];
    parts.push(line(foot.filter(Boolean)));
    const rows = (message.buttons ?? []).map((row) => this.#row(row, message.message_id));
    const body = make("div", { className: "bubble" }, ...parts.filter(Boolean));
    return make("li", { className: message.mine ? "post mine" : "post" }, body, ...rows);
  }

  #row(row, message_id) {
    const button = ({ text, url, callback_data }) =>
      url
        ? make("a", { className: "button", href: url, rel: "noreferrer noopener", target: "_blank" }, text)
        : make("button", { type: "button", onclick: () => this.#do("press", { message_id, data: callback_data }) }, text);
    return make("div", { className: "row" }, ...row.map(button));
  }

  #file(document) {
    const href = `files/${document.file_id}`;
    return make("p", {}, make("a", { className: "file", href, download: document.file_name }, say("chat_file", { name: document.file_name })));
  }

  #showCommands(commands) {
    const choose = ({ command }) => () => {
      this.closeMenu();
      this.input.focus();
      this.#do("text", { text: `/${command}` });
    };
    renew(this.commands, commands, (item) => item.command, (item) =>
      make("li", {}, make("button", { type: "button", onclick: choose(item) }, make("b", {}, `/${item.command}`), ` ${item.description}`)),
    );
  }

  #showKeyboard(rows) {
    this.replies.hidden = !rows;
    const press = (button) => () =>
      button.request_contact ? this.#do("contact") : this.#do("text", { text: button.text });
    renew(this.replies, rows ?? [], (row) => JSON.stringify(row), (row) =>
      make("div", { className: "row" }, ...row.map((button) => make("button", { type: "button", onclick: press(button) }, button.text))),
    );
  }

  #tell(text) {
    this.notice.textContent = text;
    setTimeout(() => {
      if (this.notice.textContent === text) this.notice.textContent = "";
    }, NOTICE_MILLISECONDS);
  }
}
