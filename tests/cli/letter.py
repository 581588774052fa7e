"""Letters: what they say, whom they ask, and that hostile text stays text in every format."""
import glob
import html.parser
import json
import re

from harness import DEMO, OTHER, Cli, main

SPLIT = "cases/worked/non_payment/set-off.yaml"
ASKING = "cases/worked/non_payment/n1-before-due.yaml"
SETTLED = "cases/worked/procedure/settled.yaml"

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><b onclick='x'>", "</title></style>",
    "</bdi></li></ul><h1>paid</h1>", "&lt;b&gt; &#60;i&#62; &copy;", "<!-- x", "-->", "<![CDATA[x]]>",
    "# Decision", "## WHY", "- item", "* item", "+ item", "1. first", "12) twelfth", "> quoted", "---", "***", "===",
    "```", "~~~", "```html <b>", "`code`", "``", "a`b@c", "| a | b |", "**bold** __bold__ _x_ ~~gone~~", "\\", "\\\\[x](y)",
    "[x](http://evil.example)", "![x](http://evil.example/p.png)", "[x]: http://evil.example", "<http://evil.example>",
    "http://evil.example", "https://evil.example/?a=b&c=d", "www.evil.example", "evil.example/pay", "mail@evil.example",
    "javascript:alert(1)", "mailto:a@b.example", "[x](javascript:alert(1))", "//evil.example", "@everyone", "#1 x#2", ":tada:",
    "$$x^2$$", "{{7*7}}", "<?php x ?>", "%c %f %1 %s %n", "[^1]", "[1]", "\\[1\\](x)", "==mark== ^up^", "Dear client, pay now",
    "\u05e9\u05dc\u05d5\u05dd (abc) 123", "\u200bhidden\u200d", "e\u0301" * 20, "x" * 300, "word " * 100,
]
ALLOWED = {"html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "p", "ul", "ol", "li", "a", "bdi",
           "section", "footer"}


class Page(html.parser.HTMLParser):
    """What a reader of a page would see, and of what the page is made."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.words, self.others = [], [], "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.others.append(data)

    def unknown_decl(self, data):
        self.others.append(data)

    handle_pi = handle_comment


def bare(line):
    """A line of Markdown without its code spans and escapes: whatever could still be markup."""
    line = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", line)


class Letter(Cli):
    def hostile_case(self, path, text):
        """A case that says a text wherever a party may write one."""
        quoted = json.dumps(text)
        source = re.sub(r"(?m)^(\s+(?:- )?(?:text|shows|title|locator): ).*$",
                        lambda match: match.group(1) + quoted, self.read(path).decode())
        return self.file("case.yaml", source)

    def test_every_worked_case_gets_its_letters(self):
        """One of each outcome would do; that all can be told costs a second more."""
        paths = [path for path in sorted(glob.glob("cases/worked/*/*.yaml")) if ".expected." not in path][::4]
        for path in paths:
            result = self.call("letter", "-f", "json", path)
            self.assertEqual(result.code, 0, path)
            letters = result.json()
            self.assertEqual(letters["schema"], "amicus.letter/1")
            self.assertEqual([letter["name"] for letter in letters["parts"]], ["client", "freelancer"])
            for letter in letters["parts"]:
                headings = [part.get("name", "") for part in letter["parts"]]
                for heading in ("What is suggested", "What would change it", "What happens next", "This is not binding"):
                    self.assertIn(heading, headings, path)
                for paragraph in letter["parts"]:
                    for sentence in paragraph["parts"]:
                        self.assertTrue(sentence["name"] and sentence["says"], path)

    def test_each_side_is_addressed(self):
        client = self.call("letter", "--to", "client", DEMO).out
        freelancer = self.call("letter", "--to", "freelancer", DEMO).out
        self.assertIn("Dear client,", client)
        self.assertNotIn("Dear freelancer,", client)
        self.assertIn("would go to the freelancer", client)
        self.assertIn("would go to you", freelancer)
        both = self.call("letter", "--to", "both", DEMO).out
        self.assertEqual(both, self.call("letter", DEMO).out)
        self.assertIn(client, both)
        self.assertIn(freelancer, both)

    def test_rule_ids_stand_at_the_end_only(self):
        for path in (DEMO, SPLIT, ASKING):
            body, end = self.call("letter", "--to", "client", path).out.split("WHAT THE NUMBERS MEAN")
            self.assertNotRegex(body, r"\b(np|link|ql|br|pr|df)\.\w")
            for number in set(re.findall(r"\[(\d+)\]", body)):
                self.assertIn(f"[{number}]", end)

    def test_the_evidence_of_a_set_off_is_told(self):
        self.assertRegex(self.call("letter", "--to", "client", SPLIT).out, r"E4 \(established\): invoice")
        self.assertRegex(self.call("suggest", SPLIT).out, r"The sum itself was computed from this\.\s+price_less_cross_claim")

    def test_who_usually_knows_is_asked(self):
        result = self.call("letter", "--ask", "M1.infringement", DEMO)
        self.assertEqual(result.code, 0)
        self.assertIn("Dear reviewer,", result.out)
        self.assertIn("Is plagiarism or infringement verified", result.out)
        self.assertIn("USD 1,200.00 depends on the answer", result.out)
        self.assertIn("before 2025-05-26 14:00 UTC", result.out)
        asking = self.call("letter", "--ask", "all", "--to", "client", ASKING)
        self.assertIn("criterion C1", asking.out)
        self.assertIn("criterion C2", asking.out)
        self.assertNotIn("Dear freelancer", asking.out)

    def test_there_must_be_something_to_ask(self):
        for words, code, mend in ((("--ask", "M1.infringment", DEMO), 3, "did you mean 'M1.infringement'?"),
                                  (("--ask", "nonsense", DEMO), 3, "amicus suggest"),
                                  (("--ask", "all", SETTLED), 4, "without --ask"),
                                  (("--ask", "M1.infringement", "--to", "client", DEMO), 4, "leave out --to")):
            result = self.call("letter", *words)
            self.assertEqual((result.code, result.out), (code, ""), words)
            self.assertIn("U0403", result.err)
            self.assertIn(mend, result.err)

    def test_a_wrong_case_gets_no_letter(self):
        result = self.call("letter", "-f", "md:" + self.file("kept.md", "before"), "cases/broken/C0104-no-currency.yaml")
        self.assertEqual((result.code, result.out), (3, ""))
        self.assertEqual(self.call("letter", "-", stdin=b"").code, 3)
        self.assertEqual(self.call("letter").code, 2)
        self.assertEqual(self.call("letter", DEMO, OTHER).code, 2)
        self.assertEqual(self.call("letter", "--to", "nobody", DEMO).code, 2)
        self.assertEqual(self.call("letter", "-f", "ndjson", DEMO).code, 2)

    def test_formats_can_be_had_at_once(self):
        paths = {name: f"{self.folder}/letter.{name}" for name in ("md", "html", "json")}
        words = [word for name, path in paths.items() for word in ("-f", f"{name}:{path}")]
        result = self.call("letter", "-f", "human", *words, DEMO)
        self.assertEqual(result.code, 0)
        for name, path in paths.items():
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), self.call("letter", "-f", name, DEMO).out)

    def test_no_line_of_text_is_wider_than_the_page(self):
        for path in (DEMO, SPLIT, self.hostile_case(DEMO, "x" * 300)):
            self.assertLessEqual(max(map(len, self.call("letter", path).out.splitlines())), 80)

    def check_html(self, html_text, text, plain):
        page = Page(html_text)
        self.assertEqual(set(page.tags) - ALLOWED, set(), text)
        self.assertEqual(page.tags, plain.tags, text)
        self.assertEqual(page.attributes, plain.attributes, text)
        self.assertEqual(page.others, [], text)
        for tag, name, value in page.attributes:
            self.assertFalse(name.startswith("on"), text)
            if name == "href":
                self.assertRegex(value, r"^#\w+-\d+$")
        if len(text) < 70:
            self.assertIn(" ".join(text.split()), page.words)

    def check_markdown(self, markdown, text, plain):
        lines = markdown.splitlines()
        self.assertEqual(len(lines), len(plain), text)
        for line, other in zip(lines, plain):
            starts = re.match(r"(#+ |- |\d+\. |    - |---$|)", line).group(1)
            self.assertEqual(starts, re.match(r"(#+ |- |\d+\. |    - |---$|)", other).group(1), text)
            rest = bare(line[len(starts):])
            self.assertNotRegex(rest, r"[\\`*_{}\[\]<>#|~$&@^]", text)
            self.assertNotRegex(rest, r"//|www\.|\w[.:][^\W\d]", text)
            self.assertNotRegex(rest, r"^([-+=]|\d+[.)] )", text)

    def test_hostile_texts_stay_text(self):
        """All texts go into every place where a party may write, in a notice and in a request."""
        plain_path = self.hostile_case(DEMO, "word")
        plain_page = Page(self.call("letter", "-f", "html", plain_path).out)
        plain_lines = self.call("letter", "-f", "md", plain_path).out.splitlines()
        for text in HOSTILE:
            page = f"{self.folder}/page.html"
            result = self.call("letter", "-f", "md", "-f", "html:" + page, self.hostile_case(DEMO, text))
            self.assertEqual(result.code, 0, text)
            with open(page, encoding="utf-8", newline="") as file:
                self.check_html(file.read(), text, plain_page)
            self.check_markdown(result.out, text, plain_lines)

    def test_hostile_texts_stay_text_in_requests_and_for_programs(self):
        text = "<b>&[x](http://e.example) `@a`\u05d0 | # x"
        path = self.hostile_case(ASKING, text)
        plain = self.call("letter", "--ask", "all", "-f", "md", ASKING).out.splitlines()
        lines = self.call("letter", "--ask", "all", "-f", "md", path).out.splitlines()
        self.assertEqual(len(lines), len(plain))
        for line in lines:
            self.assertNotRegex(bare(re.sub(r"^(#+ |- |\d+\. |    - )", "", line)), r"[\\`*_\[\]<>#|~@]")
        page = Page(self.call("letter", "--ask", "all", "-f", "html", path).out)
        self.assertEqual(set(page.tags) - ALLOWED, set())
        self.assertIn(text, page.words)
        says = json.dumps(self.call("letter", "--ask", "all", "-f", "json", path).json(), ensure_ascii=False)
        self.assertIn("<b>&[x](http://e.example)", says)

    def test_controls_and_marks_of_direction_are_never_written(self):
        path = self.hostile_case(DEMO, "\x1b[2J\u202e paid \u2066x")
        for name in ("human", "plain", "json", "md", "html"):
            result = self.call("letter", "-f", name, path)
            for mark in ("\x1b", "\u202e", "\u2066"):
                self.assertNotIn(mark, result.out + result.err)

    def test_the_page_forbids_what_it_does_not_need(self):
        page = Page(self.call("letter", "-f", "html", DEMO).out)
        policy = [value for tag, name, value in page.attributes if name == "content"][0]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("script", page.tags)

    def test_the_same_case_gives_the_same_letters(self):
        for name in ("human", "md", "html"):
            self.assertEqual(self.call("letter", "-f", name, DEMO).out,
                             self.call("letter", "-f", name, DEMO, env={"TZ": "Asia/Tokyo"}).out)


main()
