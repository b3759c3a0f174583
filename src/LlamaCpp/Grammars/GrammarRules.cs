using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp.Grammars;

/// <summary>
/// What a grammar must be before llama.cpp sees it. Its own check for left recursion misses a rule that is empty only by
/// way of another, and then it expands for ever; it also visits the same rule again on every way to it, which doubles with
/// each of a chain of rules. Both are found here, in one pass.
/// </summary>
public sealed class GrammarRules
{
    /// <summary>Rules that are entered before the next character; each way there counts.</summary>
    const long MostEntered = 10_000;

    readonly IReadOnlyList<GrammarRule> _rules;
    readonly bool[] _mayBeEmpty;
    readonly bool[] _open;
    readonly long[] _entered;

    GrammarRules(IReadOnlyList<GrammarRule> rules)
    {
        _rules = rules;
        _mayBeEmpty = new bool[rules.Count];
        _open = new bool[rules.Count];
        _entered = new long[rules.Count];
        while (FindEmpty())
        {
        }
    }

    /// <exception cref="GenerationException">The grammar cannot be used; the message says where and why.</exception>
    public static void Check(string grammar)
    {
        var rules = new GrammarRules(GrammarReader.Read(grammar));
        for (var rule = 0; rule < rules._rules.Count; rule++)
            _ = rules.Enter(rule);
    }

    /// <returns>Whether one more rule was found that may be empty.</returns>
    bool FindEmpty()
    {
        var found = false;
        for (var rule = 0; rule < _rules.Count; rule++)
        {
            if (_mayBeEmpty[rule] || !_rules[rule].Alternatives!.Any(items => items.All(IsEmpty)))
                continue;
            _mayBeEmpty[rule] = found = true;
        }
        return found;
    }

    bool IsEmpty(int item) => item != GrammarRule.Character && _mayBeEmpty[item];

    /// <returns>How many rules are entered from this one before a character.</returns>
    long Enter(int rule)
    {
        if (_entered[rule] > 0)
            return _entered[rule];
        if (_open[rule])
            throw Invalid($"the rule '{_rules[rule].Name}' comes back to itself before any character (left recursion).");
        _open[rule] = true;
        var entered = 1L;
        foreach (var items in _rules[rule].Alternatives!)
        {
            // Up to the first that takes a character, and that one.
            var taken = items.TakeWhile(IsEmpty).Count() + 1;
            foreach (var item in items.Take(taken).Where(item => item != GrammarRule.Character))
                entered += Enter(item);
        }
        _open[rule] = false;
        _entered[rule] = entered * _rules[rule].Copies;
        return _entered[rule] <= MostEntered
            ? _entered[rule]
            : throw Invalid($"the rule '{_rules[rule].Name}' has more than {MostEntered} ways to its next character.");
    }

    static GenerationException Invalid(string problem) =>
        new(GenerationFailure.InvalidRequest, $"The grammar cannot be used: {problem}");
}
