using System.Text;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Skills.Tagging;

/// <summary>
/// Asks an expert several times which skills a question needs, and keeps the phrases that recur (Symbolic-MoE, arXiv
/// 2503.05641). The same question gets the same seeds, so the same phrases, whoever asks beside it. Safe for concurrent use.
/// </summary>
/// <param name="trained">Whether the expert was trained to tag; any other is told what to do.</param>
/// <param name="seed">Another seed samples other answers for every question.</param>
public sealed class SkillTagger(IExpert expert, bool trained, TaggerConfig config, int seed = 0)
{
    static readonly TokenUsage Nothing = new(0, 0);

    /// <param name="find">The expert of an id; asked once, and only when a tagger is configured.</param>
    /// <returns>Null without <c>router.tagger.expert</c>.</returns>
    public static SkillTagger? From(OrchestratorConfig config, Func<string, IExpert> find) =>
        config.Router.Tagger.Expert is { } id
            ? new SkillTagger(find(id), config.Experts.Any(expert => expert.Id == id && expert.Purpose == ExpertPurpose.Tag), config.Router.Tagger)
            : null;

    /// <summary>The expert that is asked.</summary>
    public string Expert => expert.Id;

    /// <summary>A tagger that cannot answer is no failure of the question: the result says why there is no phrase.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TaggedQuestion> TagAsync(
        string question, RequestClass requestClass = RequestClass.Interactive, CancellationToken cancellationToken = default)
    {
        Sample[] samples = await Task.WhenAll(
            Enumerable.Range(0, config.Samples).Select(index => AskAsync(question, index, requestClass, cancellationToken)));
        string[] answers = [.. samples.Select(sample => sample.Answer).OfType<string>()];
        IReadOnlyList<string> phrases = TaggerPhrases.Recurring(answers, config.Recur);
        var usage = TokenUsage.Sum([.. samples.Select(sample => sample.Usage)]);
        return new TaggedQuestion(Expert, phrases, answers.Length, usage)
        {
            Problem = phrases.Count > 0 ? null
                : answers.Length == 0 ? $"The tagger {Expert} could not answer: {samples[0].Problem}"
                : $"No phrase occurs in {config.Recur} of the {answers.Length} answers of the tagger {Expert}.",
        };
    }

    /// <summary>Tags many questions as batch work, so that requests that somebody waits for go first.</summary>
    /// <param name="concurrency">Questions at once, each of which is asked several times.</param>
    /// <param name="progress">How many are done; called from any thread, one call at a time.</param>
    /// <returns>In the order of the questions.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<TaggedQuestion>> TagAllAsync(
        IReadOnlyList<string> questions, int concurrency, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var tagged = new TaggedQuestion[questions.Count];
        var counting = new Lock();
        int done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, questions.Count, parallel, async (index, cancelled) =>
        {
            tagged[index] = await TagAsync(questions[index], RequestClass.Batch, cancelled);
            // Reported inside the lock: out of it, an older count could arrive after a newer one.
            lock (counting)
                progress?.Report(++done);
        });
        return tagged;
    }

    async Task<Sample> AskAsync(string question, int index, RequestClass requestClass, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        TokenUsage usage = Nothing;
        bool cut = false;
        try
        {
            await foreach (GenerationChunk chunk in expert.GenerateAsync(Call(question, index, requestClass), cancellationToken))
            {
                text.Append(chunk.Text);
                usage = chunk.Usage ?? usage;
                cut |= chunk.Finish == FinishReason.Length;
            }
        }
        catch (ExpertException failure)
        {
            return new Sample(null, usage, failure.Message);
        }
        return new Sample(cut ? TaggerPhrases.WithoutLast(text.ToString()) : text.ToString(), usage, null);
    }

    ExpertCall Call(string question, int index, RequestClass requestClass) => new()
    {
        Request = new GenerationRequest
        {
            Messages = TaggerPrompt.For(question, trained),
            MaxTokens = config.MaxTokens,
            Grammar = TaggerPrompt.Grammar,
            Sampling = new SamplingChanges { Temperature = config.Temperature, Seed = SeedOf(question, index) },
        },
        Class = requestClass,
        // A variant would name other skills for the same question, by chance of what is loaded.
        AllowVariant = false,
    };

    uint SeedOf(string question, int index) => (uint)StableHash.Of(question, ((ulong)(uint)seed << 32) | (uint)index);

    /// <param name="Answer">Null when it failed.</param>
    sealed record Sample(string? Answer, TokenUsage Usage, string? Problem);
}
