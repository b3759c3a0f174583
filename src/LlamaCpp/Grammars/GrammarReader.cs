using System.Globalization;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp.Grammars;

/// <summary>
/// Reads GBNF as llama.cpp's parser does, but strictly and within bounds: that parser loops without end on <c>{5,3}</c>,
/// overflows its stack on deep brackets, and ends at a zero character as if the text did.
/// </summary>
sealed class GrammarReader
{
    const int MostCharacters = 1 << 14;
    const int DeepestBrackets = 32;
    const int MostCopies = 1000;

    /// <summary>Elements of all rules once repetitions are written out.</summary>
    const int MostElements = 20_000;

    readonly string _text;
    readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    readonly List<GrammarRule> _rules = [];
    string _rule = "";
    int _at;
    int _elements;

    GrammarReader(string text) => _text = text;

    /// <returns>All rules; the first is <c>root</c>.</returns>
    /// <exception cref="GenerationException">The text is no grammar; the message says where and why.</exception>
    public static IReadOnlyList<GrammarRule> Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Invalid("it is empty; leave it out to constrain nothing.");
        if (text.Length > MostCharacters)
            throw Invalid($"it has {text.Length} characters; {MostCharacters} are allowed.");
        if (text.Contains('\0', StringComparison.Ordinal))
            throw Invalid("it has a zero character.");
        return new GrammarReader(text).ReadAll();
    }

    List<GrammarRule> ReadAll()
    {
        _ = Named("root");
        SkipSpace(lines: true);
        while (_at < _text.Length)
            ReadRule();
        if (_rules.Find(rule => rule.Alternatives is null) is { } missing)
            throw Invalid(missing == _rules[0] ? "there is no rule 'root'." : $"no rule is called '{missing.Name}'.");
        return _rules;
    }

    void ReadRule()
    {
        var name = ReadName() ?? throw Here("a rule begins with its name, of letters, digits and '-'");
        SkipSpace(lines: false);
        if (!Take("::="))
            throw Here($"'::=' is missing after '{name}'");
        GrammarRule rule = _rules[Named(name)];
        if (rule.Alternatives is not null)
            throw Here($"the rule '{name}' was defined before");
        _rule = name;
        SkipSpace(lines: true);
        rule.Alternatives = ReadAlternatives(depth: 0);
        if (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
            throw Here($"'{_text[_at]}' cannot stand here");
        SkipSpace(lines: true);
    }

    List<IReadOnlyList<int>> ReadAlternatives(int depth)
    {
        var alternatives = new List<IReadOnlyList<int>>();
        while (true)
        {
            alternatives.Add(ReadSequence(depth));
            Count(1);
            if (!Take("|"))
                return alternatives;
            SkipSpace(lines: true);
        }
    }

    List<int> ReadSequence(int depth)
    {
        var items = new List<int>();
        while (ReadItem(depth) is var (rule, elements))
        {
            SkipSpace(lines: depth > 0);
            if (ReadRepetition() is var (least, most))
            {
                if (elements == 0)
                    throw Here("there is nothing to repeat");
                rule = Repeat(rule, least, most);
                Count(elements * Math.Max(least, most ?? least + 1));
                SkipSpace(lines: depth > 0);
                if (_at < _text.Length && _text[_at] is '*' or '+' or '?' or '{')
                    throw Here("a repetition of a repetition needs brackets");
            }
            Count(elements);
            if (elements > 0)
                items.Add(rule);
        }
        return items;
    }

    /// <returns>A rule's number or <see cref="GrammarRule.Character"/>, and how many elements it is; null where the sequence ends.</returns>
    (int Rule, int Elements)? ReadItem(int depth)
    {
        if (_at >= _text.Length)
            return null;
        if (ReadName() is { } name)
            return (Named(name), 1);
        switch (_text[_at])
        {
            case '"':
                return (GrammarRule.Character, ReadCharacters('"'));
            case '[':
                if (Take("[^]"))
                    throw Here("a set of no characters");
                return (GrammarRule.Character, ReadCharacters(']'));
            case '.':
                _at++;
                return (GrammarRule.Character, 1);
            case '(':
                return (ReadGroup(depth), 1);
            case '<' or '!':
                throw Here("tokens cannot be named, only characters");
            default:
                return null;
        }
    }

    int ReadGroup(int depth)
    {
        if (depth == DeepestBrackets)
            throw Here($"brackets are nested more than {DeepestBrackets} deep");
        _at++;
        SkipSpace(lines: true);
        var alternatives = ReadAlternatives(depth + 1);
        if (!Take(")"))
            throw Here("')' is missing");
        return Made(alternatives);
    }

    /// <summary>Literals and sets alike; how characters combine does not matter here.</summary>
    int ReadCharacters(char end)
    {
        var count = 0;
        for (_at++; !Take(end.ToString()); count++)
        {
            if (_at >= _text.Length)
                throw Here($"'{end}' is missing");
            if (Take("\\"))
                ReadEscape();
            else
                _at++;
        }
        return count;
    }

    void ReadEscape()
    {
        char kind = _at < _text.Length ? _text[_at++] : ' ';
        var digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0 && !"tnr\\\"[]-".Contains(kind, StringComparison.Ordinal))
            throw Here($"there is no escape '\\{kind}'");
        if (_at + digits > _text.Length || !_text.AsSpan(_at, digits).ToString().All(char.IsAsciiHexDigit))
            throw Here($"'\\{kind}' needs {digits} hexadecimal digits");
        _at += digits;
    }

    (int Least, int? Most)? ReadRepetition()
    {
        if (Take("*"))
            return (0, null);
        if (Take("+"))
            return (1, null);
        if (Take("?"))
            return (0, 1);
        if (!Take("{"))
            return null;
        var least = ReadCount() ?? throw Here("a repetition is {m}, {m,} or {m,n}");
        int? most = least;
        if (Take(","))
            most = ReadCount();
        if (!Take("}"))
            throw Here("'}' is missing");
        return most < least ? throw Here($"{{{least},{most}}} asks for more than it allows") : (least, most);
    }

    int? ReadCount()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        if (_at == start)
            return null;
        return int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count <= MostCopies ? count : throw Here($"at most {MostCopies} repetitions can be counted");
    }

    /// <summary>Without an upper bound: R ::= item R, or nothing where none is needed.</summary>
    int Repeat(int item, int least, int? most)
    {
        var repeated = _rules.Count;
        List<IReadOnlyList<int>> alternatives = [most is null ? [item, repeated] : [item]];
        if (least == 0 || most is null)
            alternatives.Add([]);
        var made = Made(alternatives, copies: most ?? 1);
        return least > 0 && most is null ? Made([[item, made]], copies: least) : made;
    }

    int Made(List<IReadOnlyList<int>> alternatives, int copies = 1)
    {
        _rules.Add(new GrammarRule { Name = _rule, Copies = Math.Max(1, copies), Alternatives = alternatives });
        return _rules.Count - 1;
    }

    int Named(string name)
    {
        if (!_named.TryGetValue(name, out int rule))
        {
            _named[name] = rule = _rules.Count;
            _rules.Add(new GrammarRule { Name = name });
        }
        return rule;
    }

    string? ReadName()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '-'))
            _at++;
        return _at > start ? _text[start.._at] : null;
    }

    bool Take(string expected)
    {
        if (!_text.AsSpan(_at).StartsWith(expected, StringComparison.Ordinal))
            return false;
        _at += expected.Length;
        return true;
    }

    void SkipSpace(bool lines)
    {
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '#')
            {
                while (_at + 1 < _text.Length && _text[_at + 1] is not ('\n' or '\r'))
                    _at++;
            }
            else if (_text[_at] is not (' ' or '\t') && !(lines && _text[_at] is '\n' or '\r'))
            {
                return;
            }
        }
    }

    void Count(int elements)
    {
        _elements += elements;
        if (_elements > MostElements)
            throw Here($"with its repetitions written out it has more than {MostElements} elements");
    }

    GenerationException Here(string problem)
    {
        var line = _text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1;
        return Invalid($"line {line}: {problem}.");
    }

    static GenerationException Invalid(string problem) =>
        new(GenerationFailure.InvalidRequest, $"The grammar cannot be used: {problem}");
}
