namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>What one contender learned from the training questions and makes of the test questions; no test outcome had a part in it.</summary>
/// <param name="Options">Of the candidate that was chosen, in words; empty for defaults.</param>
/// <param name="HeldOut">Mean score of its choices on training questions, each by a fit without its fold.</param>
/// <param name="Columns">For each test question the column of the expert it chooses; −1 where it knows nothing of anyone.</param>
/// <param name="Confidence">0…1, for each test question.</param>
/// <param name="Priced">For each rate of <see cref="Prices"/> the columns it chooses; empty without costs.</param>
/// <param name="Thrift">The rate that was found the cheapest which keeps enough; null where none does, and the reference itself is asked.</param>
public sealed record Choices(
    string Name, string Options, double HeldOut, IReadOnlyList<int> Columns, IReadOnlyList<double> Confidence,
    IReadOnlyList<int[]> Priced, int? Thrift, Effort Effort);

/// <summary>What routing took.</summary>
/// <param name="Fit">From the embedded training questions to the calibrated strategy.</param>
/// <param name="Bytes">Managed memory that the fitted strategy keeps beside the shared profile.</param>
/// <param name="Decisions">One for each timed question, from its embedding to the reasons.</param>
public sealed record Effort(TimeSpan Fit, long Bytes, IReadOnlyList<TimeSpan> Decisions);

/// <summary>A contender that could not be fitted.</summary>
public sealed record NotRun(string Name, string Reason);
