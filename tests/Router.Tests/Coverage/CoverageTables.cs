using Orchestrator.Router.Coverage;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Coverage;

/// <summary>Sums that abacus gets right, words that cipher reverses, and riddles that nobody solves.</summary>
static class CoverageTables
{
    public const string Sum = "What is 34 + 71?";
    public const string Riddle = "Who walks on 4 legs at dawn and on 3 at dusk, and why does the king of HQZD ask?";
    public const string Foreign =
        "def merge(a, b):\n    \"\"\"Merge two sorted lists.\"\"\"\n    while a and b:\n        yield (a if a[0] < b[0] else b).pop(0)\n";

    public static OutcomeTable Table { get; } = Make(60);

    public static Profile Profile { get; } = Of(Table);

    /// <summary>Three regions, one for each kind, which differ in their looks most.</summary>
    public static CoverageOptions Options { get; } = new() { RegionSurface = 1 };

    public static HashSet<string> All { get; } = ["abacus", "cipher", "generalist"];

    public static Profile Of(OutcomeTable table) => new(table, QuestionSpace.Lsa([.. table.Rows.Select(row => row.Question)]));

    static OutcomeTable Make(int each)
    {
        var rows = new List<OutcomeRow>();
        for (int i = 0; i < each; i++)
        {
            bool slip = i % 10 == 9;
            rows.Add(Row($"add-{i}", $"What is {10 + (i * 37 % 89)} + {11 + (i * 53 % 88)}?", !slip, false, i % 2 == 0));
            rows.Add(Row($"reverse-{i}", $"Reverse the letters of the word {Word(i)}.", false, !slip, i % 2 == 1));
            rows.Add(Row(
                $"riddle-{i}", $"Who walks on {2 + i % 7} legs at dawn and on {1 + i % 5} at dusk, and why does the king of {Word(i)} ask?",
                slip, false, false));
        }
        return new OutcomeTable("made by hand", ["abacus", "cipher", "generalist"], rows);
    }

    static OutcomeRow Row(string id, string question, params bool[] right) =>
        new(id, question, [], [.. right.Select(one => (Outcome?)new Outcome(one ? 1 : 0, 5))]);

    static string Word(int seed) =>
        string.Concat(Enumerable.Range(0, 4).Select(at => (char)('A' + ((seed * (7 + at) + at * 11) % 26))));
}
