//! Takes off what a forum, a mail or a web page put around a log: quote marks, BBCode, HTML, line
//! numbers, an indent common to all lines.

use std::borrow::Cow;

use super::piece::Piece;
use super::words;

/// How a forum's tag begins that ends something.
const FORUM_END: Piece = Piece::new("[/");
/// How a web page breaks a line.
const LINE_BREAK: Piece = Piece::new("<br");

/// Bytes of one tag; what has no end by then is none.
const TAG_BYTES_MAX: usize = 300;
/// An indent of at least this many blanks was put there by someone: formats of their own have less
/// in their first line.
const INDENT_MIN: usize = 2;
/// Tags of forums, without the `/` that ends one.
const FORUM_TAGS: [&str; 16] = [
    "code", "quote", "spoiler", "expand", "pre", "log", "hide", "size", "color", "font", "list",
    "b", "i", "u", "left", "plain",
];
/// Tags of web pages that a log can stand between.
const PAGE_TAGS: [&str; 24] = [
    "html",
    "body",
    "pre",
    "code",
    "p",
    "div",
    "span",
    "br",
    "td",
    "tr",
    "th",
    "table",
    "tbody",
    "li",
    "ol",
    "ul",
    "blockquote",
    "tt",
    "font",
    "b",
    "i",
    "strong",
    "a",
    "samp",
];
/// Characters that web pages spell out.
const ENTITIES: [(&str, &str); 10] = [
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&#x27;", "'"),
    ("&#34;", "\""),
    ("&nbsp;", " "),
];

/// What one file's lines are wrapped in, as far as the lines before told.
#[derive(Default)]
pub(super) struct Wrapping {
    /// Blanks before every line, once the first line that isn't blank was seen.
    indent: Option<usize>,
}

/// What there is to unwrap in a block: most hold no mark of a web page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// Whether it has spellings or line breaks of a web page, or blanks that look like others.
    is_marked: bool,
    /// Whether it has tags that end something.
    is_tagged: bool,
}

impl Marks {
    /// Looks at a block.
    pub(super) fn of(text: &str) -> Self {
        const MARKS: [&[u8]; 9] =
            [b"&quot;", b"&amp;", b"&lt;", b"&gt;", b"&#", b"&nbsp;", b"\xC2\xA0", b"<br", b"<BR"];
        let block = text.as_bytes();
        let mut is_tagged = false;
        for at in memchr::memchr3_iter(b'&', b'<', 0xC2, block) {
            let here = block.get(at..).unwrap_or_default();
            is_tagged |= here.starts_with(b"</");
            if MARKS.iter().any(|mark| here.starts_with(mark)) {
                return Self { is_marked: true, is_tagged: true };
            }
        }
        is_tagged |= FORUM_END.is_in(text);
        Self { is_marked: false, is_tagged }
    }
}

impl Wrapping {
    /// Hands the text of line `no`, in a block with these marks, to `take`, unwrapped. A line of a web
    /// page can hold several.
    pub(super) fn unwrap(&mut self, no: u64, text: &str, marks: Marks, mut take: impl FnMut(&str)) {
        let mut text = self.without_indent(text);
        if matches!(text.bytes().next(), Some(b'>' | b'[' | b'<' | b'0'..=b'9')) {
            text = without_head(no, text);
        }
        if !marks.is_tagged {
            take(text);
            return;
        }
        words::looked_at(text);
        let text = without_end_tags(text);
        if !marks.is_marked {
            take(text);
            return;
        }
        let mut rest = text;
        while let Some(at) = LINE_BREAK.find_any_case(rest) {
            let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let Some(end) = page_tag_end(tail) else { break };
            take(&without_entities(without_end_tags(head)));
            rest = without_head(no, tail.get(end..).unwrap_or_default());
        }
        take(&without_entities(rest));
    }

    fn without_indent<'t>(&mut self, text: &'t str) -> &'t str {
        match self.indent {
            Some(0) => text,
            Some(indent) => match text.get(..indent) {
                Some(head) if head.bytes().all(|byte| byte == b' ') => {
                    text.get(indent..).unwrap_or_default()
                }
                _ if text.trim().is_empty() => text,
                _ => {
                    self.indent = Some(0);
                    text
                }
            },
            None if words::is_blank(text) => text,
            None => {
                let n_blanks = text.bytes().take_while(|byte| *byte == b' ').count();
                let indent = if n_blanks >= INDENT_MIN { n_blanks } else { 0 };
                self.indent = Some(indent);
                text.get(indent..).unwrap_or(text)
            }
        }
    }
}

/// The text behind quote marks, opening tags, and the line's own number.
fn without_head(no: u64, text: &str) -> &str {
    let mut rest = text;
    loop {
        let end = match rest.as_bytes() {
            [b'>', b' ', ..] => Some(2),
            [b'>', ..] => Some(1),
            [b'[', b'a'..=b'z' | b'A'..=b'Z' | b'/', ..] => forum_tag_end(rest),
            [b'<', ..] => page_tag_end(rest),
            [b'0'..=b'9', ..] => number_end(no, rest),
            _ => None,
        };
        match end.and_then(|end| rest.get(end..)) {
            Some(behind) => rest = behind,
            None => return rest,
        }
    }
}

/// The text before the tags that end it.
fn without_end_tags(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_end();
        let open = match trimmed.bytes().next_back() {
            Some(b']') => FORUM_END.rfind(trimmed),
            Some(b'>') => memchr::memrchr(b'<', trimmed.as_bytes()).filter(|at| {
                let tag = trimmed.get(*at..).unwrap_or_default();
                tag.starts_with("</") || words::starts(tag, "<br")
            }),
            _ => None,
        };
        let Some((head, tag)) = open.and_then(|at| trimmed.split_at_checked(at)) else {
            return rest;
        };
        let end = if tag.starts_with('[') { forum_tag_end(tag) } else { page_tag_end(tag) };
        if end != Some(tag.len()) {
            return rest;
        }
        rest = head;
    }
}

/// Where a forum's tag at the start of `text` ends.
fn forum_tag_end(text: &str) -> Option<usize> {
    let end = memchr::memchr(b']', words::cut(text, TAG_BYTES_MAX).as_bytes())?;
    let inner = text.get(1..end)?.trim_start_matches('/');
    let name = inner.split(['=', ' ']).next().unwrap_or(inner);
    FORUM_TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)).then_some(end + 1)
}

/// Where a web page's tag at the start of `text` ends.
fn page_tag_end(text: &str) -> Option<usize> {
    let end = memchr::memchr(b'>', words::cut(text, TAG_BYTES_MAX).as_bytes())?;
    let inner = text.get(1..end)?.trim_start_matches('/');
    let name = inner.split([' ', '/']).next().unwrap_or(inner);
    PAGE_TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)).then_some(end + 1)
}

/// Where the line's own number at its start ends: `12. `, `12: `, `12)`, or a tab behind it.
fn number_end(no: u64, text: &str) -> Option<usize> {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_own = text.get(..n_digits)?.parse() == Ok(no);
    let rest = text.as_bytes().get(n_digits..)?;
    match rest {
        _ if !is_own => None,
        [b'.' | b':' | b')', b' ' | b'\t', ..] => Some(n_digits + 2),
        [b'.' | b':' | b')'] | [b'\t', ..] => Some(n_digits + 1),
        _ => None,
    }
}

/// The text with a web page's spellings undone.
fn without_entities(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return without_hard_blanks(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(head);
        let known = ENTITIES.iter().find(|(entity, _)| tail.starts_with(entity));
        let (entity, char) = known.copied().unwrap_or(("&", "&"));
        out.push_str(char);
        rest = tail.get(entity.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(without_hard_blanks(&out).into_owned())
}

/// The text with blanks for the blanks that web pages do not break at.
fn without_hard_blanks(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() && text.contains('\u{A0}') {
        Cow::Owned(text.replace('\u{A0}', " "))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unwrapped(lines: &[&str]) -> Vec<String> {
        let mut wrapping = Wrapping::default();
        let mut out = Vec::new();
        for (no, line) in (1..).zip(lines) {
            wrapping.unwrap(no, line, Marks::of(line), |text| out.push(text.to_owned()));
        }
        out
    }

    #[test]
    fn what_others_put_around_a_line_is_taken_off() {
        let table: [(&str, &[&str]); 16] = [
            ("R2 AVP; C:\\x", &["R2 AVP; C:\\x"]),
            ("> R2 AVP; C:\\x", &["R2 AVP; C:\\x"]),
            (">> > R2 AVP; C:\\x", &["R2 AVP; C:\\x"]),
            ("[code]R2 AVP; C:\\x[/CODE]", &["R2 AVP; C:\\x"]),
            ("[quote name=\"a\" post=1]AV: x", &["AV: x"]),
            ("[HKEY_LOCAL_MACHINE\\x]", &["[HKEY_LOCAL_MACHINE\\x]"]),
            ("[2012/04/01] -- C:\\x", &["[2012/04/01] -- C:\\x"]),
            ("<pre class=\"x\">a<br />b<BR>c</pre>", &["a", "b", "c"]),
            ("&quot;A&quot;=&quot;b &amp;&quot;", &["\"A\"=\"b &\""]),
            ("a & b", &["a & b"]),
            ("<REQUEST><CONTENT>", &["<REQUEST><CONTENT>"]),
            ("1. Name", &["Name"]),
            ("1 Name", &["1 Name"]),
            ("2. Name", &["2. Name"]),
            ("a\u{A0}\u{A0}b", &["a  b"]),
            ("x <2>", &["x <2>"]),
        ];
        for (line, said) in table {
            assert_eq!(unwrapped(&[line]), said, "{line}");
        }
    }

    #[test]
    fn an_indent_is_taken_off_while_all_lines_have_it() {
        assert_eq!(unwrapped(&["", "    a", "      b", ""]), ["", "a", "  b", ""]);
        assert_eq!(unwrapped(&["  a", "b", "  c"]), ["a", "b", "  c"]);
        assert_eq!(unwrapped(&[" Directory of C:\\", "  x"]), [" Directory of C:\\", "  x"]);
    }
}
