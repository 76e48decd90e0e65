# SPDX-License-Identifier: GPL-2.0
#
# pages.awk: a manual page of section 3 for each function of a header, from its kernel-doc comment.
#
#   awk -v out=FOLDER -v version=1.0 -v date=2026-11-22 -f pages.awk HEADER... [SOURCE...]
#
# The comment may stand in the header or where the function is. Functions that differ in the last
# letter, A or W, and stand together in the header are one page, and links to it. Besides the
# parameters, these sections of a comment have one of their own in the page: Return, Errors (a list:
# "NAME: when"), Context and Notes, Example (as it stands). A reference to a function in the text,
# "lineDrop()", is one in the page too, and is found under SEE ALSO.
#
# With -v list=1 nothing is written: the names of all pages are printed. With -v wants_all=1 a
# function without a comment is an error.
#
# It is awk because that is on every machine that can compile: no package is needed for a manual.

# roff would take a dash for a hyphen, a backslash for its own and a dot at a line's beginning too.
function roff(text)
{
	gsub(/\\/, "\\e", text)
	gsub(/-/, "\\-", text)
	if (text ~ /^[.']/)
		text = "\\&" text
	return text
}

# Words of the text that are names: functions, parameters, constants.
function marked(text,    result, word, rest)
{
	text = roff(text)
	result = ""
	while (match(text, /&?@?%?[A-Za-z_][A-Za-z_0-9]*(\(\))?/)) {
		word = substr(text, RSTART, RLENGTH)
		rest = substr(text, RSTART + RLENGTH)
		# What is escaped is roff's own: "\e", "\-".
		if (RSTART > 1 && substr(text, RSTART - 1, 1) == "\\") {
			result = result substr(text, 1, RSTART + RLENGTH - 1)
			text = rest
			continue
		}
		result = result substr(text, 1, RSTART - 1)
		if (word ~ /\(\)$/) {
			sub(/\(\)$/, "", word)
			seen[word] = 1
			result = result "\\fB" word "\\fP()"
		} else if (word ~ /^@/ || word in parameter) {
			sub(/^@/, "", word)
			result = result "\\fI" word "\\fP"
		} else if (word ~ /^[%&]/) {
			result = result "\\fB" substr(word, 2) "\\fP"
		} else if (word ~ /^(LINE|TAPIERR_|TAPI_E_|PHONE_)[A-Z0-9]*_?[A-Z0-9_]*$/ && word != "LINE") {
			result = result "\\fB" word "\\fP"
		} else {
			result = result word
		}
		text = rest
	}
	return result text
}

# A line of text on the page; sentences begin a line of their own anyway.
function put(text)
{
	printf "%s\n", text >file
}

# Paragraphs, lists ("* item" or "- item") and definitions (@what: "NAME: text").
function put_text(text, what,    lines, count, i, line, name, is_list, is_break)
{
	is_list = 0
	is_break = 0
	gsub(/^[ \t\n]+|[ \t\n]+$/, "", text)
	count = split(text, lines, "\n")
	for (i = 1; i <= count; i++) {
		line = lines[i]
		if (line ~ /^[ \t]*$/) {
			is_break = 1
			continue
		}
		sub(/^[ \t]+/, "", line)
		if (what == "list" && line ~ /^[A-Z][A-Z0-9_]+(, [A-Z][A-Z0-9_]+)*:/) {
			name = line
			sub(/:.*/, "", name)
			sub(/^[^:]*:[ \t]*/, "", line)
			put(".TP")
			put(".B " roff(name))
			is_list = 1
			is_break = 0
			if (line != "")
				put(marked(line))
			continue
		}
		if (line ~ /^[*-] /) {
			put(".IP \\(bu 2")
			sub(/^[*-] +/, "", line)
			is_list = 1
			is_break = 0
		} else if (is_break) {
			put(".PP")
			is_list = 0
			is_break = 0
		}
		put(marked(line))
	}
}

# "LPCSTR name" with its name apart.
function put_parameter(text, end,    name)
{
	sub(/^[ \t]+/, "", text)
	sub(/[ \t]+$/, "", text)
	if (match(text, /[A-Za-z_0-9]+$/) && RSTART > 1) {
		name = substr(text, RSTART)
		put(".BI \"        " roff(substr(text, 1, RSTART - 1)) "\" " name " \"" end "\"")
	} else {
		put(".B \"        " roff(text) end "\"")
	}
}

function put_prototype(text,    head, body, part, count, i)
{
	gsub(/[ \t\n]+/, " ", text)
	gsub(/(WINAPI|TAPI_DEPRECATED) /, "", text)
	head = text
	sub(/\(.*/, "", head)
	body = text
	sub(/^[^(]*\(/, "", body)
	sub(/\)[^)]*$/, "", body)
	count = split(body, part, ",")
	if (count == 1 && length(text) < 70) {
		put(".B \"" roff(head) "(" roff(body) ");\"")
		return
	}
	put(".B \"" roff(head) "(\"")
	for (i = 1; i <= count; i++)
		put_parameter(part[i], i < count ? "," : ");")
}

# The stem of names that differ in A and W only.
function stem_of(    first, base)
{
	first = names[1]
	if (name_count > 1 && first ~ /A$/) {
		base = substr(first, 1, length(first) - 1)
		if (names[2] == base "W")
			return base
	}
	return first
}

function forget()
{
	split("", section)
	split("", parameter)
	split("", parameter_text)
	split("", order)
	parameters = 0
	sections = 0
	brief = ""
}

function put_sections(wanted, title, what,    i, name, has_title)
{
	for (i = 1; i <= sections; i++) {
		name = order[i]
		if (name !~ wanted || section[name] ~ /^[ \t\n]*$/)
			continue
		if (!has_title++)
			put(".SH " title)
		if (what == "literal") {
			put(".EX")
			gsub(/\\/, "\\e", section[name])
			gsub(/^\n+|\n+$/, "", section[name])
			gsub(/\n[.']/, "\n\\\\\\&&", section[name])
			put(section[name])
			put(".EE")
		} else {
			put_text(section[name], what)
		}
	}
}

function put_page(    stem, list, i, word, count, sorted, k, known)
{
	stem = stem_of()
	file = out "/" stem ".3"
	split("", seen)
	list = stem
	for (i = 1; i <= name_count; i++)
		if (names[i] != stem)
			list = list ", " names[i]
	put(".\\\" Made from the comment of " stem "() by pages.awk: that is the place to change it.")
	put(".TH " stem " 3 " date " \"libtapi " version "\" \"Library Functions\"")
	put(".SH NAME")
	put(list " \\- " roff(brief))
	put(".SH LIBRARY")
	put("libtapi")
	put(".RI ( libtapi.so ,")
	put(".BR \"pkg\\-config \\-\\-cflags \\-\\-libs tapi\" )")
	put(".SH SYNOPSIS")
	put(".nf")
	put(".B #include <" include ">")
	for (i = 1; i <= name_count; i++) {
		put(".PP")
		put_prototype(prototypes[i])
	}
	put(".fi")
	put(".SH DESCRIPTION")
	put_text(section["Description"], "")
	for (i = 1; i <= sections; i++) {
		if (order[i] ~ /^(Description|Returns?|Errors?|Context|Notes?|Examples?)$/)
			continue
		put(".SS " roff(order[i]))
		put_text(section[order[i]], "")
	}
	if (parameters) {
		put(".SS Parameters")
		for (i = 1; i <= parameters; i++) {
			put(".TP")
			put(".I " parameter_name[i])
			put_text(parameter_text[i], "")
		}
	}
	put_sections("^Returns?$", "RETURN VALUE", "")
	put_sections("^Errors?$", "ERRORS", "list")
	put_sections("^(Context|Notes?)$", "NOTES", "")
	put_sections("^Examples?$", "EXAMPLES", "literal")
	put(".SH SEE ALSO")
	count = 0
	for (word in seen) {
		known = 0
		for (i = 1; i <= name_count; i++)
			known = known || names[i] == word
		if (known || word == stem)
			continue
		for (k = ++count; k > 1 && sorted[k - 1] > word; k--)
			sorted[k] = sorted[k - 1]
		sorted[k] = word
	}
	for (i = 1; i <= count; i++)
		put(".BR " sorted[i] " (3),")
	put(".BR tapi (3)")
	close(file)
	for (i = 1; i <= name_count; i++) {
		if (names[i] == stem)
			continue
		file = out "/" names[i] ".3"
		put(".so man3/" stem ".3")
		close(file)
	}
}

# Take a comment apart. It begins with its short description, which may have a second line.
function parse(text,    lines, count, i, line)
{
	forget()
	is_parameter = 0
	current = ""
	count = split(text, lines, "\n")
	brief = lines[1]
	for (i = 2; i <= count && lines[i] !~ /^(@|[ \t]*$)/; i++) {
		line = lines[i]
		sub(/^[ \t]+/, "", line)
		brief = brief " " line
	}
	for (; i <= count; i++)
		parse_line(lines[i])
}

function parse_line(line)
{
	if (line ~ /^@[A-Za-z_0-9]+:/) {
		current = ""
		is_parameter = 1
		parameter_name[++parameters] = line
		sub(/^@/, "", parameter_name[parameters])
		sub(/:.*/, "", parameter_name[parameters])
		parameter[parameter_name[parameters]] = 1
		sub(/^@[A-Za-z_0-9]+:[ \t]*/, "", line)
		parameter_text[parameters] = line
		return
	}
	if (is_parameter && line !~ /^[ \t]*$/) {
		parameter_text[parameters] = parameter_text[parameters] "\n" line
		return
	}
	is_parameter = 0
	# A section has a word of its own for its title, or its title has a line of its own.
	if (line ~ /^(Returns?|Errors?|Context|Notes?|Examples?|Description):/ || \
	    line ~ /^[A-Z][a-z]+( [a-z]+)?:[ \t]*$/) {
		current = line
		sub(/:.*/, "", current)
		sub(/^[^:]*:[ \t]?/, "", line)
	} else if (current == "") {
		current = "Description"
	}
	if (!(current in section))
		order[++sections] = current
	section[current] = section[current] line "\n"
}

function add_prototype(text,    name)
{
	name = text
	sub(/[ \t]*\(.*/, "", name)
	sub(/.*[ \t*]/, "", name)
	# A macro that declares something.
	if (name !~ /[a-z]/)
		return
	if (!is_of_group(name))
		end_group()
	names[++name_count] = name
	prototypes[name_count] = text
}

# "lineOpenW" is one with "lineOpen", and with "lineOpenA".
function is_of_group(name,    first)
{
	first = names[1]
	if (name ~ /[AW]$/ && substr(name, 1, length(name) - 1) == first)
		return 1
	sub(/A$/, "W", first)
	return first == name
}

# What stands behind a blank line in a header is another function.
function end_group(    i)
{
	if (!name_count)
		return
	groups++
	group_size[groups] = name_count
	group_include[groups] = include
	for (i = 1; i <= name_count; i++) {
		group_name[groups, i] = names[i]
		group_prototype[groups, i] = prototypes[i]
	}
	name_count = 0
}

FNR == 1 {
	end_group()
	is_header = FILENAME ~ /\.h$/
	include = FILENAME ~ /tapi3(\.h$|\/)/ ? "tapi3.h" : "tapi.h"
	state = "code"
}

state == "doc" && /^ \*\/$/ {
	state = "code"
	next
}

# "lineOpen() - open a line"; of a structure there is no page.
state == "doc" {
	sub(/^ \* ?/, "")
	if (about == "") {
		about = $0
		sub(/(\(\))? - .*/, "", about)
		sub(/^.* - /, "")
		# That of the header is the one, if there are two.
		is_new = !(about in doc)
		if (is_new)
			doc[about] = $0
	} else if (is_new) {
		doc[about] = doc[about] "\n" $0
	}
	next
}

/^\/\*\*$/ {
	state = "doc"
	about = ""
	next
}

# A prototype, over as many lines as it has.
is_header && /^[A-Za-z].*[A-Za-z_0-9]\(/ && !/^(typedef|struct|enum|static|extern) / {
	text = $0
	while (text !~ /;[ \t]*$/ && (getline line) > 0)
		text = text " " line
	sub(/;[ \t]*$/, "", text)
	add_prototype(text)
	next
}

/^[ \t]*$/ || /^#/ {
	end_group()
}

END {
	end_group()
	for (group = 1; group <= groups; group++) {
		name_count = group_size[group]
		for (i = 1; i <= name_count; i++) {
			names[i] = group_name[group, i]
			prototypes[i] = group_prototype[group, i]
		}
		include = group_include[group]
		about = stem_of()
		if (list) {
			print about ".3"
			for (i = 1; i <= name_count; i++)
				if (names[i] != about)
					print names[i] ".3"
			continue
		}
		for (i = 1; i <= name_count && !(about in doc); i++)
			about = names[i]
		if (!(about in doc)) {
			missing = missing " " names[1] "()"
			continue
		}
		parse(doc[about])
		put_page()
	}
	if (missing != "" && wants_all) {
		print "pages.awk: no comment for" missing | "cat >&2"
		exit 1
	}
}
