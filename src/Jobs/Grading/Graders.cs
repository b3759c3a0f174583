using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Jobs.Grading;

/// <summary>Judges an answer against a reference: 1 is right, 0 is wrong. Pure functions, by the name that files use.</summary>
public static class Graders
{
    /// <summary>The grader whose references must be numbers.</summary>
    internal const string Numeric = "numeric";

    static readonly SortedDictionary<string, Func<string, string, bool>> All = new(StringComparer.Ordinal)
    {
        ["contains"] = (answer, reference) =>
            PlainText.Normalise(answer).Contains(PlainText.Normalise(reference), StringComparison.Ordinal),
        ["exact"] = string.Equals,
        ["final"] = (answer, reference) =>
            PlainText.Final(answer) is { } final && PlainText.Normalise(final) == PlainText.Normalise(reference),
        ["normalised"] = (answer, reference) => PlainText.Normalise(answer) == PlainText.Normalise(reference),
        [Numeric] = Numbers.AreSame,
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <exception cref="ArgumentException">No grader has that name; the message lists those there are.</exception>
    public static double Score(string grader, string answer, string reference) =>
        All.TryGetValue(grader, out Func<string, string, bool>? isRight)
            ? isRight(answer, reference) ? 1 : 0
            : throw new ArgumentException(
                $"No grader is called '{grader}'; there are {string.Join(", ", Names)}.", nameof(grader));

    /// <summary>Whether the text is one number as <see cref="Numeric"/> reads it, and nothing else.</summary>
    internal static bool IsNumber(string text) => Numbers.IsOne(text);
}
