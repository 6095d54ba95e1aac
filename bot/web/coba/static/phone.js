// The citizen's phone.
import * as api from "./api.js";
import { Composer, LARGEST } from "./composer.js";
import { button, find, make } from "./dom.js";
import { Log } from "./log.js";
import { toast } from "./notice.js";
import { linesOf, state } from "./state.js";
import { word } from "./words.js";

const COMMANDS = ["/laporanku", "/bantuan", "/privasi"];

export class Phone {
  constructor({ press }) {
    this.log = new Log(find("#phone-log"));
    this.composer = new Composer(find("#phone-composer"), { me: () => state.citizen, send: (what) => this.send(what) });
    this.acts = {
      press,
      command: (text) => this.say({ text }),
      reply: (line) => this.composer.reply(line),
      edit: (line) => this.composer.edit(line),
      editable: (line) => line === this.lastOwn(),
    };
    this.offerExamples();
    find("[data-here]").addEventListener("click", () => this.say({ here: true }));
    find("#phone-composer [data-picture]").addEventListener("change", (event) => this.choose(event.target));
  }

  get visible() {
    return find("#warga").getClientRects().length > 0;
  }

  lastOwn() {
    const own = linesOf(state.citizen).filter((line) => line.author === "warga");
    const last = own.at(-1);
    return last && last.body.kind !== "point" && !last.body.text.startsWith("/") ? last : null;
  }

  draw() {
    const lines = linesOf(state.citizen);
    find("#phone-empty").hidden = lines.length > 0;
    find("#phone-log").hidden = lines.length === 0;
    find("#chips").hidden = lines.length === 0;
    this.log.show(lines, { key: state.citizen, me: state.citizen, acts: this.acts });
  }

  change(citizen) {
    state.citizen = citizen;
    this.composer.clear();
    this.draw();
  }

  offerExamples() {
    const chips = find("#chips");
    for (const example of document.querySelectorAll("[data-example]")) {
      const { textContent: text } = find("span", example);
      const fill = () => this.composer.fill(text);
      example.addEventListener("click", fill);
      const chip = button(`chip ${example.className}`, find("b", example).textContent, fill);
      chip.title = text;
      chips.append(chip);
    }
    chips.append(make("i"));
    for (const command of COMMANDS) chips.append(button("chip", command, () => this.say({ text: command })));
  }

  choose(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    if (file.size > LARGEST) toast("warga", word("bad_picture"));
    else this.composer.attach(file);
  }

  async send({ text, replyTo, editing, picture }) {
    if (editing) return this.attempt(() => api.change(this.form({ message_id: String(editing.id), text })));
    const reply = replyTo ? { reply_to: String(replyTo.id) } : {};
    if (!picture) return this.say({ text, ...reply });
    return this.attempt(async () => {
      const kept = await api.upload(picture);
      await api.say(this.form({ text, picture: kept.picture, ...reply }));
    });
  }

  say(what) {
    return this.attempt(() => api.say(this.form(what)));
  }

  form(what) {
    return { chat: state.citizen, sender: state.citizen, ...what };
  }

  async attempt(act) {
    try {
      await act();
      this.log.toEnd();
      return true;
    } catch (error) {
      toast("warga", word(error.status === 415 || error.status === 413 ? "bad_picture" : "not_sent"));
      return false;
    }
  }
}
