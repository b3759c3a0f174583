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
    /// <exception cref="ExpertException">A named expert is not configured.</exception>
    public async Task<AggregationChoice> RunAsync(
        IReadOnlyList<ProfileQuestion> questions, AnswerBook answers, string[] only, string path, string source,
        CancellationToken cancellationToken)
    {
        string[] all = [.. pool.Snapshot().Where(expert => expert.Purpose is not (ExpertPurpose.Tag or ExpertPurpose.Think or ExpertPurpose.Embed)).Select(expert => expert.Id)];
        var progress = new ProfileProgressLine(Console.Error, !Console.IsErrorRedirected, done: "already tested as aggregator");
        var choice = await new AggregationJob(options).RunAsync(
            Candidates(only.Length > 0 ? only : all), questions, answers,
            Planner.Answering(pool.Snapshot()).ToHashSet(StringComparer.Ordinal),
            path, source, progress, Candidates(only.Length > 0 ? [.. all.Except(only)] : []), cancellationToken);
        Console.WriteLine(AggregationTable.Of(choice));
        if (choice.Items.Count == 0 && File.Exists(path)) Console.WriteLine($"The earlier choice in {path} stays.");
        return choice;
    }

    /// <exception cref="ConfigException">A named expert merges nothing by its purpose.</exception>
    public static void Check(OrchestratorConfig config, string[] only)
    {
        ExpertConfig[] others = [.. config.Experts.Where(expert =>
            only.Contains(expert.Id) && expert.Purpose is (ExpertPurpose.Tag or ExpertPurpose.Think or ExpertPurpose.Embed))];
        if (others.Length > 0)
        {
            throw new ConfigException([.. others.Select(expert =>
                $"--expert {expert.Id}: its purpose is {expert.Purpose.ToString().ToLowerInvariant()} and it merges nothing; candidates answer or aggregate")]);
        }
    }

    public static bool HasFailures(AggregationChoice choice) => choice.Results.Any(result => result.Failure is not null);

    /// <summary>In the order that takes the least loading.</summary>
    IReadOnlyList<AggregationCandidate> Candidates(string[] ids)
    {
        var experts = pool.Snapshot();
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
