namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>What must hold in a result file beyond its format: whoever compares results relies on it.</summary>
static class ResultRules
{
    /// <param name="ids">Those of earlier rows; the row's is added.</param>
    /// <exception cref="FormatException">The row is null, was there before, or has a score that is none.</exception>
    public static EvalRow Checked(EvalRow? row, HashSet<string> ids)
    {
        if (row is null)
            throw new FormatException("the line is null");
        if (!ids.Add(row.Id))
            throw new FormatException($"the question '{row.Id}' occurs twice");
        var scores = row.Scores.Concat(row.Answers.Select(answer => KeyValuePair.Create(answer.Key, answer.Value.Score)));
        foreach (var (column, score) in scores.Where(pair => pair.Value is < 0 or > 1))
            throw new FormatException($"the score of '{column}' for the question '{row.Id}' is {score}, allowed are 0 to 1");
        return row;
    }

    /// <summary>What is wrong with how many rows there are; null when nothing is.</summary>
    public static string? Problem(EvalFacts facts, int rows) => rows switch
    {
        0 => "there is no question after the header",
        _ when facts.Questions is { } wanted && rows != wanted =>
            $"there are {rows} questions, the header says {wanted}: the file is not whole",
        _ => null,
    };
}
