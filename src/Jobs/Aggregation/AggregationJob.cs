using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Experts;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>
/// Finds the expert that merges best for a task: each candidate merges the same synthetic items, one candidate after the
/// other so that each is loaded once. The file is written after every candidate: a kill loses at most one candidate's work.
/// </summary>
public sealed class AggregationJob(AggregationOptions options)
{
    /// <param name="candidates">Tested in this order; those that an earlier run tested on the same items are skipped.</param>
    /// <param name="answers">What the items are made of.</param>
    /// <param name="experts">Whose answers may be used.</param>
    /// <param name="path">Where the choice is kept; read first when it is there.</param>
    /// <param name="source">What the questions are.</param>
    /// <param name="others">Candidates that are not tested now: what the same items told of them stays.</param>
    /// <returns>Without items, one that says nothing about anybody; the file stays as it is then.</returns>
    /// <exception cref="AggregationFileException">
    /// The file that is there is not a choice of aggregator, and not every candidate is tested again anyway.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the candidates that were done are in the file.</exception>
    public async Task<AggregationChoice> RunAsync(
        IReadOnlyList<AggregationCandidate> candidates, IReadOnlyList<ProfileQuestion> questions, AnswerBook answers,
        IReadOnlySet<string> experts, string path, string source, IProgress<ProfileProgress>? progress = null,
        IReadOnlyList<AggregationCandidate>? others = null, CancellationToken cancellationToken = default)
    {
        AggregationChoice? earlier = Read(path);
        IReadOnlyList<AggregationItem> items = ItemDraw.Draw(questions, answers, experts, options);
        IEnumerable<AggregationCandidate> kept = [.. options.Redo ? [] : candidates, .. others ?? []];
        var choice = AggregationChoice.Continue(earlier, ItemSet.Of(items), source, kept);
        if (items.Count == 0)
            return choice;
        for (int place = 1; place <= candidates.Count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AggregationCandidate candidate = candidates[place - 1];
            bool known = choice.Knows(candidate.Expert.Id);
            var start = new ProfileProgress(candidate.Expert.Id, place, candidates.Count, 0, known ? 0 : items.Count, 0);
            var tally = new ProfileTally(start, progress);
            if (known)
                continue;
            choice = choice.With(await TestAsync(candidate, items, tally, cancellationToken));
            AggregationFile.Write(path, choice);
        }
        AggregationFile.Write(path, choice);
        return choice;
    }

    AggregationChoice? Read(string path)
    {
        try
        {
            return AggregationFile.Read(path);
        }
        catch (AggregationFileException) when (options.Redo)
        {
            return null;
        }
    }

    async Task<CandidateResult> TestAsync(
        AggregationCandidate candidate, IReadOnlyList<AggregationItem> items, ProfileTally tally,
        CancellationToken cancellationToken)
    {
        int right = 0, refused = 0;
        long tokens = 0;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Concurrency,
            CancellationToken = cancellationToken,
        };
        try
        {
            await Parallel.ForEachAsync(items, parallel, async (item, cancelled) =>
            {
                ExpertAnswer? merged = await MergeAsync(candidate, item, cancelled);
                if (merged is null)
                    Interlocked.Increment(ref refused);
                bool isRight = item.Question.Grade(merged?.Text ?? "") >= 1;
                if (isRight)
                    Interlocked.Increment(ref right);
                Interlocked.Add(ref tokens, merged?.Tokens ?? 0);
                tally.Add(isRight ? 1 : 0);
            });
            return Result(right, items.Count, tokens, failure: null) with { Refused = refused };
        }
        catch (ExpertException failure)
        {
            return Result(0, 0, 0, failure.Message);
        }

        CandidateResult Result(int right, int items, long tokens, string? failure) =>
            new(candidate.Expert.Id, candidate.Fingerprint, candidate.Parameters, right, items, tokens, failure);
    }

    /// <returns>Null when it could not take the item.</returns>
    async Task<ExpertAnswer?> MergeAsync(AggregationCandidate candidate, AggregationItem item, CancellationToken cancellationToken)
    {
        try
        {
            var synthesiser = new Synthesiser(candidate.Expert, candidate.Purpose, new SynthesisOptions());
            await using var merged = await synthesiser.MergeAsync(item.Panel(options.MaxTokens), cancellationToken);
            return await ExpertAnswer.ReadAsync(merged.Chunks);
        }
        // That it cannot merge such an item, or has nothing to say to it, is what the test should know.
        catch (ExpertException failure) when (failure.Failure is ExpertFailure.PromptTooLong or ExpertFailure.InvalidRequest)
        {
            return null;
        }
        catch (ExpertException failure) when (failure.Failure is ExpertFailure.Failed)
        {
            return new ExpertAnswer("", 0);
        }
    }
}
