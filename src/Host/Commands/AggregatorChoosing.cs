using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;

namespace Orchestrator.Host.Commands;

/// <summary>Chooses the aggregator of a task on a pool that is running, and prints how the candidates did.</summary>
sealed class AggregatorChoosing(OrchestratorConfig config, ExpertPool pool, AggregationOptions options)
{
    /// <param name="only">The candidates; empty is every expert that answers or was made to merge.</param>
    /// <param name="path">Where the choice is kept.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ExpertException">A named expert is not configured.</exception>
    public async Task<int> RunAsync(
        IReadOnlyList<ProfileQuestion> questions, AnswerBook answers, string[] only, string path, string source,
        CancellationToken cancellationToken)
    {
        var progress = new ProfileProgressLine(Console.Error, !Console.IsErrorRedirected, done: "already tested as aggregator");
        var choice = await new AggregationJob(options).RunAsync(
            Candidates(only), questions, answers, Planner.Answering(pool.Snapshot()).ToHashSet(StringComparer.Ordinal),
            path, source, progress, cancellationToken);
        Console.WriteLine(AggregationTable.Of(choice));
        return choice.Results.Any(result => result.Failure is not null) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    /// <summary>In the order that takes the least loading.</summary>
    IReadOnlyList<AggregationCandidate> Candidates(string[] only)
    {
        var experts = pool.Snapshot();
        string[] ids = only.Length > 0
            ? only
            : [.. experts.Where(expert => expert.Purpose is not ExpertPurpose.Tag).Select(expert => expert.Id)];
        return [.. pool.Order([.. ids.Select(id => WorkGroup.Of(id, options.Items))]).Select(place => Candidate(ids[place]))];

        AggregationCandidate Candidate(string id)
        {
            var expert = pool.Get(id);
            var snapshot = experts.First(other => other.Id == id);
            var configured = config.Experts.First(other => other.Id == id);
            return new AggregationCandidate(expert, snapshot.Purpose, ExpertFingerprint.Of(configured), snapshot.Facts?.Parameters);
        }
    }
}
