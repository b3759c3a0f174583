namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>Test questions that begin as one to train on does: a router may be right on them by memory.</summary>
static class Duplicates
{
    /// <summary>
    /// Letters and digits that tell a question; case, space and marks make no difference. Questions that share a long instruction
    /// differ within it.
    /// </summary>
    const int Key = 160;

    /// <returns>Their rows.</returns>
    public static HashSet<int> Of(RoutingSet set, DataSplit split)
    {
        HashSet<string> trained = [.. split.Train.Select(row => KeyOf(set.Rows[row].Question))];
        return [.. split.Test.Where(row => trained.Contains(KeyOf(set.Rows[row].Question)))];
    }

    /// <summary>A question of marks alone is its own key.</summary>
    static string KeyOf(string question) =>
        string.Concat(question.Where(char.IsLetterOrDigit).Take(Key)).ToLowerInvariant() is { Length: > 0 } key ? key : question;
}
