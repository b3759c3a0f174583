using System.Collections.Concurrent;
using Orchestrator.Experts;
using Orchestrator.Jobs.Grading;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling;

/// <summary>
/// Measures what experts are good at: asks each of them every question, one expert after the other so that each is loaded
/// once, and keeps scores and tokens. The table is written after every expert: a kill loses at most one expert's work,
/// and the next run goes on from there.
/// </summary>
public sealed class ProfileJob(ProfileOptions options)
{
    /// <param name="experts">Asked in this order.</param>
    /// <param name="path">The outcome file; read first when it is there.</param>
    /// <param name="source">What the questions are, for the header of the file.</param>
    /// <returns>The outcomes, what was written of them, and the experts that could not be profiled.</returns>
    /// <exception cref="OutcomeFileException">The file that is there is not an outcome file.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the experts that were done are in the file.</exception>
    public async Task<ProfileReport> RunAsync(
        IReadOnlyList<IExpert> experts, IReadOnlyList<ProfileQuestion> questions, string path, string source,
        IProgress<ProfileProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        OutcomeTable earlier = File.Exists(path) ? OutcomeFile.Read(path) : OutcomeTable.Empty;
        OutcomeTable table = options.Replace
            ? ProfilePlan.Replace(questions, earlier, source)
            : ProfilePlan.Merge(questions, earlier, source);
        OutcomeTable? written = null;
        var failures = new List<ProfileFailure>();
        for (int place = 1; place <= experts.Count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IExpert expert = experts[place - 1];
            Dictionary<string, Outcome> known = ProfilePlan.Known(table, expert.Id);
            ProfileQuestion[] open = [.. questions.Where(question => options.Redo || !known.ContainsKey(question.Id))];
            var tally = new ProfileTally(new ProfileProgress(expert.Id, place, experts.Count, 0, open.Length, 0), progress);
            try
            {
                if (open.Length > 0)
                    table = table.WithExpert(expert.Id, await AskAllAsync(expert, open, known, tally, cancellationToken));
            }
            catch (ExpertException problem)
            {
                failures.Add(new ProfileFailure(expert.Id, problem.Message));
                continue;
            }
            OutcomeFile.Write(path, table);
            written = table;
        }
        return new ProfileReport(ProfilePlan.Replace(questions, table, table.Source), written, failures);
    }

    async Task<Dictionary<string, Outcome>> AskAllAsync(
        IExpert expert, ProfileQuestion[] open, Dictionary<string, Outcome> known, ProfileTally tally,
        CancellationToken cancellationToken)
    {
        var outcomes = new ConcurrentDictionary<string, Outcome>(known, StringComparer.Ordinal);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Concurrency,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(open, parallel, async (question, cancelled) =>
        {
            Outcome outcome = await AskAsync(expert, question, cancelled);
            outcomes[question.Id] = outcome;
            tally.Add(outcome.Score);
        });
        return new Dictionary<string, Outcome>(outcomes, StringComparer.Ordinal);
    }

    async Task<Outcome> AskAsync(IExpert expert, ProfileQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            ExpertAnswer answer =
                await ExpertAnswer.AskAsync(expert, question.Question, options.MaxTokens, cancellationToken);
            return new Outcome(Graders.Score(question.Grader, answer.Text, question.Reference), answer.Tokens);
        }
        catch (ExpertException problem) when (problem.Failure is ExpertFailure.PromptTooLong or ExpertFailure.InvalidRequest)
        {
            // That it cannot take such a question is exactly what the profile should know.
            return new Outcome(0, 0);
        }
    }
}
