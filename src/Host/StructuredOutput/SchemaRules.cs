using System.Text.Json;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.StructuredOutput;

/// <summary>
/// All parts of a schema as rules, each read once. Parts that are met are numbered and read later, so that no schema is too deep
/// and one may come back to itself.
/// </summary>
sealed class SchemaRules(JsonElement root, bool strict)
{
    /// <summary>More than that would not fit the longest grammar.</summary>
    const int Most = 2000;

    readonly Dictionary<(string Pointer, int? Inherited), int> _numbers = [];
    readonly Dictionary<string, InheritedKeywords> _inherited = new(StringComparer.Ordinal);
    readonly Queue<SchemaPlace> _unread = [];
    int _properties;

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

    /// <summary>The same for the same words, wherever they stand: a part that comes back to itself with them is one rule.</summary>
    public InheritedKeywords Inherit(IReadOnlyList<string>? types, IReadOnlyList<string> required)
    {
        string[] words = [types is null ? "any" : string.Join(',', types.Order(StringComparer.Ordinal)), .. required.Order(StringComparer.Ordinal).Select(SpacedJson.Of)];
        var key = string.Join('\n', words);
        if (!_inherited.TryGetValue(key, out var known))
            _inherited[key] = known = new InheritedKeywords(_inherited.Count, types, required);
        return known;
    }

    /// <summary>Counts properties over all objects: alternatives may each have those that are required beside them.</summary>
    public void CountProperties(int more)
    {
        _properties += more;
        if (_properties > Most) throw SchemaGrammar.Refused($"its objects have more than {Most} properties together.");
    }

    /// <summary>The part that the <c>$ref</c> of this one names.</summary>
    public SchemaPlace Follow(SchemaPlace place) => SchemaPointer.Follow(root, place) with { Inherited = place.Inherited };
}
