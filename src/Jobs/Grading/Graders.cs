using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Jobs.Grading;

/// <summary>Judges an answer against a reference: 1 is right, 0 is wrong. Pure functions, by the name that files use.</summary>
public static class Graders
{
    /// <summary>The grader that asks an expert; only an evaluation has one to ask.</summary>
    public const string Judge = "judge";

    const string Choice = "choice";
    const string Contains = "contains";
    const string Numeric = "numeric";
    const string Pattern = "regex";

    const string AllMatch = "the reference says nothing, and so every answer would be right";

    delegate Grade Grader(string answer, string reference, IReadOnlyList<string> options);

    static readonly SortedDictionary<string, Grader> Pure = new(StringComparer.Ordinal)
    {
        [Choice] = (answer, reference, options) => Grade.Of(ChoiceGrader.IsRight(answer, reference, options)),
        [Contains] = (answer, reference, _) =>
            Grade.Of(PlainText.Normalise(answer).Contains(PlainText.Normalise(reference), StringComparison.Ordinal)),
        ["exact"] = (answer, reference, _) => Grade.Of(string.Equals(answer, reference)),
        ["final"] = (answer, reference, _) =>
            Grade.Of(PlainText.Final(answer) is { } final && Said(final) == Said(reference)),
        ["normalised"] = (answer, reference, _) => Grade.Of(PlainText.Normalise(answer) == PlainText.Normalise(reference)),
        [Numeric] = (answer, reference, _) => Grade.Of(Numbers.AreSame(answer, reference)),
        [Pattern] = (answer, reference, _) => PatternGrader.Decide(answer, reference),
    };

    public static IReadOnlyCollection<string> Names { get; } = new SortedSet<string>(Pure.Keys, StringComparer.Ordinal) { Judge };

    /// <returns>1 or 0; 0 also where the grader could not decide.</returns>
    /// <exception cref="ArgumentException">No grader has that name, or it is the judge; the message lists those there are.</exception>
    public static double Score(string grader, string answer, string reference, IReadOnlyList<string>? options = null) =>
        Decide(grader, answer, reference, options).Score ?? 0;

    /// <exception cref="ArgumentException">As for a score.</exception>
    public static Grade Decide(string grader, string answer, string reference, IReadOnlyList<string>? options = null) =>
        Pure.TryGetValue(grader, out Grader? grades)
            ? grades(answer, reference, options ?? [])
            : throw new ArgumentException(grader == Judge
                ? "The grader 'judge' asks an expert; it is no function of the answer."
                : $"No grader is called '{Quoted.Of(grader)}'; there are {string.Join(", ", Names)}.", nameof(grader));

    /// <summary>What is wrong with a question's grader, reference or options; null when nothing is.</summary>
    public static string? Problem(string grader, string reference, IReadOnlyList<string> options) => grader switch
    {
        _ when !Names.Contains(grader) => $"no grader is called '{Quoted.Of(grader)}'; there are {string.Join(", ", Names)}",
        Numeric when !Numbers.IsOne(reference) =>
            $"the reference '{Quoted.Of(reference)}' is not a number like -1234.5, 1,234 or 1e3, which the grader 'numeric' wants",
        Contains when PlainText.Normalise(reference).Length == 0 => AllMatch,
        Pattern when reference.Length == 0 => AllMatch,
        Choice => ChoiceGrader.Problem(reference, options),
        Pattern => PatternGrader.Problem(reference),
        _ => null,
    };

    /// <summary>
    /// What an answer says, in the form in which two answers that say the same are equal; null when it says nothing that
    /// the grader could take. Votes are counted by it.
    /// </summary>
    internal static string? Gist(string grader, string answer, IReadOnlyList<string> options) => grader switch
    {
        Choice => ChoiceGrader.Read(answer, options)?.ToString(),
        Numeric => Numbers.Last(answer)?.ToString("R"),
        "exact" => answer.Length > 0 ? answer : null,
        "final" => Said(PlainText.Final(answer)),
        "normalised" => PlainText.Normalise(answer) is { Length: > 0 } plain ? plain : null,
        _ => FinalAnswer.Of(answer),
    };

    /// <summary>Emphasis aside.</summary>
    static string? Said(string? text) =>
        text is not null && PlainText.Normalise(PlainText.Unmarked(text)) is { Length: > 0 } said ? said : null;
}
