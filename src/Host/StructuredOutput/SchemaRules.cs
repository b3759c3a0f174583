using System.Text.Json;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>
/// All parts of a schema as rules, each read once. Parts that are met are numbered and read later, so that no schema is too deep
/// and one may come back to itself.
/// </summary>
sealed class SchemaRules(JsonElement root, bool strict)
{
    /// <summary>More than that would not fit the longest grammar.</summary>
    const int Most = 2000;

    readonly Dictionary<(string Pointer, string? Inherited), int> _numbers = [];
    readonly Queue<SchemaPlace> _unread = [];

    public bool Strict => strict;

    /// <returns>In the order of their numbers; the first is the whole schema.</returns>
    public static IReadOnlyList<SchemaRule> Read(JsonElement schema, bool strict)
    {
        var rules = new SchemaRules(schema, strict);
        var read = new List<SchemaRule>();
        _ = rules.Number(new SchemaPlace("#", schema));
        while (rules._unread.TryDequeue(out var place))
            read.Add(new SchemaRule(place.Pointer, ShapeReader.Read(place, rules)));
        return read;
    }

    /// <summary>The number of the rule for this part.</summary>
    public int Number(SchemaPlace place)
    {
        var key = (place.Pointer, place.Inherited?.Key);
        if (_numbers.TryGetValue(key, out var number)) return number;
        if (_numbers.Count == Most) throw SchemaGrammar.Refused($"the schema describes more than {Most} parts.");
        _unread.Enqueue(place);
        return _numbers[key] = _numbers.Count;
    }

    /// <summary>The part that the <c>$ref</c> of this one names.</summary>
    public SchemaPlace Follow(SchemaPlace place) => SchemaPointer.Follow(root, place) with { Inherited = place.Inherited };
}
