namespace Orchestrator.Host.StructuredOutput;

/// <summary>
/// How many readings of the same text have to be followed side by side. The engine keeps every one, so where alternatives that
/// begin alike nest, they would double with each level; alternatives of different types, or objects that differ in their first
/// property, are told apart at once.
/// </summary>
sealed class Readings
{
    const int Most = 16;

    /// <summary>Continuations that all readings together may have at one place, as the values of an <c>enum</c> are.</summary>
    const int MostWays = 2000;

    /// <summary>Passes over all rules. Numbers rise from parts to what holds them, so more than a few mean that alternatives nest in themselves.</summary>
    const int MostPasses = 64;

    readonly IReadOnlyList<SchemaRule> _rules;
    readonly Nesting[] _nestings;
    readonly int[] _readings;

    Readings(IReadOnlyList<SchemaRule> rules, Nesting[] nestings) =>
        (_rules, _nestings, _readings) = (rules, nestings, [.. Enumerable.Repeat(1, rules.Count)]);

    /// <exception cref="OpenAi.ApiException">They are too many, or a part refers to itself alone.</exception>
    public static void Check(IReadOnlyList<SchemaRule> rules)
    {
        var readings = new Readings(rules, Nesting.Of(rules));
        for (var pass = 0; readings.Count() is { } risen; pass++)
            if (pass == MostPasses) throw readings.TooMany(risen);
        if (readings._readings.Max() is > 1 and var most && most * rules.SelectMany(rule => rule.Shapes).Max(Ways) is > MostWays and var ways)
            throw SchemaGrammar.Refused(
                $"alternatives that begin alike have {ways} ways to go on, {MostWays} are allowed; let them differ in type or in their first property.");
    }

    static int Ways(Shape shape) => shape switch
    {
        ConstantShape constant => constant.Json.Count,
        ObjectShape known => known.Properties.Count(property => !property.Required) + 1,
        _ => 1,
    };

    /// <returns>A rule that has more than was known; null where none has.</returns>
    int? Count()
    {
        int? risen = null;
        // Parts come after what holds them.
        for (var rule = _rules.Count - 1; rule >= 0; rule--)
        {
            var counted = _nestings[rule].Readings(_readings);
            if (counted <= _readings[rule]) continue;
            if (counted > Most) throw TooMany(rule);
            _readings[rule] = counted;
            risen = rule;
        }

        return risen;
    }

    OpenAi.ApiException TooMany(int rule) => SchemaGrammar.Refused(
        $"{OpenAi.ApiError.Shown(_rules[rule].Pointer)}: alternatives that begin alike nest too often; let them differ in type or in their first property.");
}
