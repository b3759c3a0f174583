using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Host.Commands;

/// <summary>What <c>orchestrator train</c> reads: recorded outcomes, and amounts as people write them.</summary>
static class TrainingInput
{
    static readonly (string Suffix, double Factor)[] Counts = [("K", 1e3), ("M", 1e6), ("B", 1e9), ("", 1)];

    /// <summary>The outcomes of the experts that policies may recruit.</summary>
    /// <exception cref="ConfigException">Nothing was profiled.</exception>
    public static OutcomeTable Outcomes(OrchestratorConfig config)
    {
        string file = config.Router.Outcomes
            ?? throw new ConfigException(["router.outcomes is not set in the configuration, so there is nothing to learn from."]);
        OutcomeTable table = File.Exists(file)
            ? OutcomeFile.Read(file).OnlyExperts(config.Answering.ToHashSet(StringComparer.Ordinal))
            : throw new ConfigException([$"There is no {file} yet; 'orchestrator profile' writes it."]);
        return table.Rows.Count > 0 && table.Experts.Count > 0
            ? table
            : throw new ConfigException([$"{file} has no outcomes of the configured experts; 'orchestrator profile' measures them."]);
    }

    /// <summary>As the service embeds questions.</summary>
    /// <exception cref="ConfigException">The embedder cannot be used.</exception>
    public static async Task<QuestionSpace> SpaceAsync(OrchestratorConfig config, OutcomeTable outcomes, CancellationToken cancellationToken)
    {
        var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
        using var runtime = builder.NeedsRuntime ? builder.StartRuntime() : null;
        // All vectors are at hand afterwards, so a model can go.
        await using var spaces = builder.CreateSpaces(runtime);
        return await spaces.OfAsync([.. outcomes.Rows.Select(row => row.Question)], cancellationToken);
    }

    /// <param name="options">Without <c>_</c> and <c>-</c>; they replace the policy's own.</param>
    public static PolicyConfig With(PolicyConfig policy, IReadOnlyDictionary<string, string> options)
    {
        var all = policy.Options.Where(option => !options.ContainsKey(Plain(option.Key)))
            .Concat(options).ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal);
        return policy with { Options = all };
    }

    public static long Bytes(string text) => Quantities.TryBytes(text, out long bytes) && bytes > 0
        ? bytes
        : throw new ConfigException([$"--resident is '{text}', but must be an amount of memory above 0 such as 64MiB."]);

    public static double Parameters(string text)
    {
        var (suffix, factor) = Counts.First(unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase));
        return double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * factor is >= 1 and <= 1e15
            ? number * factor
            : throw new ConfigException([$"--active is '{text}', but must be a number of parameters from 1 to 1e15 such as 5M."]);
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static string Plain(string option) =>
        option.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
