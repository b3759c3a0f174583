using Orchestrator.Aggregator.Answers;

namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>Test questions that begin as one to train on does: a router may be right on them by memory.</summary>
static class Duplicates
{
    /// <summary>Characters that tell a question; case and white space make no difference.</summary>
    const int Key = 160;

    /// <returns>Their rows.</returns>
    public static HashSet<int> Of(RoutingSet set, DataSplit split)
    {
        HashSet<string> trained = [.. split.Train.Select(row => KeyOf(set.Rows[row].Question))];
        return [.. split.Test.Where(row => trained.Contains(KeyOf(set.Rows[row].Question)))];
    }

    static string KeyOf(string question) => PlainText.Normalise(question) is { Length: > Key } long160 ? long160[..Key] : PlainText.Normalise(question);
}
