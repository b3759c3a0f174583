using System.Text;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>Writes rules of a schema as GBNF, one line each. What is only the name of a scalar stands where it is used.</summary>
sealed class GrammarWriter
{
    /// <summary>Where writing stops; what takes so many characters is refused as too long anyway.</summary>
    const int Longest = 1 << 16;

    readonly IReadOnlyList<SchemaRule> _rules;
    readonly StringBuilder _text = new();
    readonly List<string> _after = [];

    GrammarWriter(IReadOnlyList<SchemaRule> rules) => _rules = rules;

    public static string Write(IReadOnlyList<SchemaRule> rules)
    {
        var writer = new GrammarWriter(rules);
        for (var rule = 0; rule < rules.Count && writer.Length <= Longest; rule++)
            if (rule == 0 || !writer.IsName(rule)) writer.Add(rule);
        writer._text.AppendJoin('\n', writer._after).Append('\n').Append(JsonGrammar.Scalars).Append('\n');
        if (rules.SelectMany(rule => rule.Shapes).OfType<ScalarShape>().Any(HasFormat))
            writer._text.Append(JsonGrammar.FormatRules).Append('\n');
        return writer._text.ToString();
    }

    int Length => _text.Length + _after.Sum(line => line.Length);

    static bool HasFormat(ScalarShape scalar) =>
        JsonGrammar.Formats.Any(format => scalar.Grammar.Contains($" {format} ", StringComparison.Ordinal));

    void Add(int rule) => _text
        .Append(rule == 0 ? "root" : $"r{rule}").Append(" ::= ")
        .AppendJoin(" | ", _rules[rule].Shapes.Select((shape, i) => Write($"r{rule}-{i}", shape))).Append('\n');

    /// <summary>The rule itself where it is known by a name, or what it is where that is as short.</summary>
    string Name(int rule) => IsName(rule) ? ((ScalarShape)_rules[rule].Shapes[0]).Grammar : rule == 0 ? "root" : $"r{rule}";

    bool IsName(int rule) => _rules[rule].Shapes is [ScalarShape { Grammar: var grammar }] && grammar.All(letter => char.IsAsciiLetter(letter));

    /// <param name="name">For rules of its own, with a number behind it.</param>
    string Write(string name, Shape shape) => shape switch
    {
        ScalarShape scalar => scalar.Grammar,
        ConstantShape constant => string.Join(" | ", constant.Json.Select(JsonGrammar.Literal)),
        ReferenceShape reference => Name(reference.Rule),
        ListShape { Most: 0 } => "\"[]\"",
        ListShape list => $"\"[\" {Several(Name(list.Item), list.Least, list.Most)} \"]\"",
        MapShape map => $"\"{{\" {Several($"string \":\" space {Name(map.Value)}", 0, null)} \"}}\"",
        ObjectShape { Properties.Count: 0 } => "\"{}\"",
        ObjectShape known => $"\"{{\" {Properties(name, known.Properties)} \"}}\"",
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "a shape that nobody writes"),
    };

    static string Several(string item, int least, int? most)
    {
        var rest = $"( \",\" space {item} )";
        var others = Math.Max(least - 1, 0);
        var more = most switch
        {
            1 => "",
            null => others == 0 ? $" {rest}*" : $" {rest}{{{others},}}",
            { } bound => $" {rest}{{{others},{bound - 1}}}",
        };
        return least == 0 ? $"( {item}{more} )?" : item + more;
    }

    /// <summary>
    /// Behind a first one, those that may be left out are simply optional with their comma. Where the first may be left out too, any
    /// up to one that may not can be the first; what follows each is a rule of its own, so that the text grows with their number.
    /// </summary>
    string Properties(string name, IReadOnlyList<PropertyShape> properties)
    {
        var optional = properties.TakeWhile(property => !property.Required).Count();
        if (optional == 0) return Property(properties[0]) + After(properties, 0);
        for (var i = 0; i < optional; i++)
        {
            var rest = i + 1 < optional ? $"{Next(properties[i + 1])} {name}-{i + 1}" : After(properties, i);
            _after.Add($"{name}-{i} ::={(rest.Length > 0 ? rest : " \"\"")}");
        }

        var firsts = Enumerable.Range(0, optional).Select(i => $"{Property(properties[i])} {name}-{i}");
        return optional == properties.Count
            ? $"( {string.Join(" | ", firsts)} )?"
            : $"( {string.Join(" | ", firsts)} | {Property(properties[optional])}{After(properties, optional)} )";
    }

    string Property(PropertyShape property) => $"{JsonGrammar.Name(property.Name)} space {Name(property.Value)}";

    string Next(PropertyShape property) => property.Required ? $" \",\" space {Property(property)}" : $" ( \",\" space {Property(property)} )?";

    string After(IReadOnlyList<PropertyShape> properties, int index) => string.Concat(properties.Skip(index + 1).Select(Next));
}
