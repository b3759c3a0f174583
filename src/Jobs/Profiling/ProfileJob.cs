using System.Collections.Concurrent;
using Orchestrator.Experts;
using Orchestrator.Jobs.Profiling.Answers;
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
    /// <exception cref="AnswerFileException">The file for the texts is there and is not one of recorded answers.</exception>
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
        AnswerBook book = options.Answers is { } file && File.Exists(file) ? AnswerFile.Read(file) : AnswerBook.Empty;
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
                {
                    GivenAnswer[] given = await AskAllAsync(expert, open, tally, cancellationToken);
                    foreach (GivenAnswer answer in given)
                        known[answer.Id] = answer.Outcome;
                    table = table.WithExpert(expert.Id, known);
                    book = book.With(expert.Id, given);
                }
            }
            catch (ExpertException problem)
            {
                failures.Add(new ProfileFailure(expert.Id, problem.Message));
                continue;
            }
            // Texts first: outcomes without texts would look finished, texts without outcomes are asked for again.
            if (options.Answers is not null)
                AnswerFile.Write(options.Answers, book.Of(table, others: !options.Replace));
            OutcomeFile.Write(path, table);
            written = table;
        }
        OutcomeTable asked = ProfilePlan.Replace(questions, table, table.Source);
        book = book.Of(asked);
        return new ProfileReport(asked, written, failures)
        {
            Answers = options.Answers is null ? null : book,
            Regraded = options.Answers is null ? 0 : Regraded(questions, book),
            Unrecorded = options.Answers is null ? [] : [.. book.Missing(asked, experts.Select(expert => expert.Id))],
        };
    }

    /// <summary>Outcomes do not say what the reference was; answers tell by their scores.</summary>
    static int Regraded(IReadOnlyList<ProfileQuestion> questions, AnswerBook book)
    {
        Dictionary<string, ProfileQuestion> asked = questions.ToDictionary(question => question.Id, StringComparer.Ordinal);
        return book.Answers.Count(answer => !asked[answer.Id].Grade(answer.Text).Equals(answer.Score));
    }

    async Task<GivenAnswer[]> AskAllAsync(
        IExpert expert, ProfileQuestion[] open, ProfileTally tally, CancellationToken cancellationToken)
    {
        var given = new ConcurrentBag<GivenAnswer>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Concurrency,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(open, parallel, async (question, cancelled) =>
        {
            GivenAnswer answer = await AskAsync(expert, question, cancelled);
            given.Add(answer);
            tally.Add(answer.Outcome.Score);
        });
        return [.. given];
    }

    async Task<GivenAnswer> AskAsync(IExpert expert, ProfileQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            ExpertAnswer answer =
                await ExpertAnswer.AskAsync(expert, question.Question, options.MaxTokens, cancellationToken);
            return new GivenAnswer(question.Id, answer.Text, new Outcome(question.Grade(answer.Text), answer.Tokens));
        }
        catch (ExpertException problem) when (problem.Failure is ExpertFailure.PromptTooLong or ExpertFailure.InvalidRequest)
        {
            // That it cannot take such a question is exactly what the profile should know.
            return new GivenAnswer(question.Id, null, new Outcome(0, 0));
        }
    }
}
