using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Embedding;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Commands;

/// <summary>The spaces of <c>eval-router</c>: fitted on each training part, or by a model that has embedded all questions before.</summary>
static class EvalSpaces
{
    public const string Hashed = "hashed", Lsa = "lsa";

    /// <param name="embedder">A name, or a file.</param>
    /// <param name="questions">All that will be placed.</param>
    /// <returns>Makes the space of a training part.</returns>
    /// <exception cref="EvalException">There is neither such a name nor such a file.</exception>
    /// <exception cref="ConfigException">The file cannot embed.</exception>
    public static async Task<Func<IReadOnlyList<string>, QuestionSpace>> CreateAsync(
        string embedder, EmbeddingPooling pooling, IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        if (embedder == Lsa) return training => QuestionSpace.Lsa(training);
        if (embedder == Hashed) return training => QuestionSpace.Hashed([.. training]);
        if (!File.Exists(embedder)) throw new EvalException($"--embedder is '{embedder}'; allowed are {Lsa}, {Hashed} and the path of a GGUF file.");
        var config = new RouterConfig { Embedder = new EmbedderConfig { File = embedder, Pooling = pooling, Threads = Environment.ProcessorCount } };
        // All vectors are at hand afterwards, so the model can go.
        using var runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = Environment.ProcessorCount }, NullLoggerFactory.Instance);
        await using var spaces = new QuestionSpaces(config, runtime, NullLogger<QuestionSpaces>.Instance);
        var whole = await spaces.OfAsync(questions, cancellationToken);
        return training => QuestionSpace.Of(whole.Embedder, training);
    }
}
