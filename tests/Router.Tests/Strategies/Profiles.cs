using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;
using Orchestrator.Router.Tests.Embedding;

namespace Orchestrator.Router.Tests.Strategies;

/// <summary>A small world: abacus adds, cipher reverses, each right nine times of ten; novice guesses.</summary>
static class Profiles
{
    public static OutcomeTable Table { get; } = Make(60);

    public static Profile Small { get; } = Of(Table);

    public static Profile Of(OutcomeTable table) => new(table, QuestionSpace.Hashed([.. table.Rows.Select(row => row.Question)]));

    /// <summary>A question that has these cosines with the profiled ones.</summary>
    public static ProfiledQuestion Near(string text, params float[] cosines)
    {
        string[] questions = [.. cosines.Select((_, i) => $"question {i}")];
        var embedder = new FixedEmbedder([
            .. cosines.Select((cosine, i) => (questions[i], new[] { cosine, MathF.Sqrt(1 - cosine * cosine) })), (text, [1, 0])]);
        var table = new OutcomeTable("", [], [.. questions.Select(question => new OutcomeRow(question, question, [], []))]);
        return new Profile(table, QuestionSpace.Of(embedder, questions)).Features(text);
    }

    public static HashSet<string> All { get; } = ["abacus", "cipher", "novice"];

    static OutcomeTable Make(int each)
    {
        var rows = new List<OutcomeRow>();
        for (int i = 0; i < each; i++)
        {
            bool right = i % 10 != 9, guess = i % 4 == 0;
            rows.Add(Row($"add-{i}", $"What is {10 + (i * 37 % 89)} + {11 + (i * 53 % 88)}?", [right, false, guess]));
            rows.Add(Row($"reverse-{i}", $"Reverse the word {Word(i)}.", [false, right, guess]));
        }
        return new OutcomeTable("made by hand", ["novice", "cipher", "abacus"], rows);
    }

    /// <param name="right">Of abacus, cipher and novice.</param>
    static OutcomeRow Row(string id, string question, bool[] right) =>
        new(id, question, [], [Score(right[2]), Score(right[1]), Score(right[0])]);

    static Outcome? Score(bool right) => new Outcome(right ? 1 : 0, 5);

    static string Word(int seed) =>
        string.Concat(Enumerable.Range(0, 4).Select(at => (char)('A' + ((seed * (7 + at) + at * 11) % 26))));
}
