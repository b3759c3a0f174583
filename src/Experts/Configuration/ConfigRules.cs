using System.Text.RegularExpressions;

namespace Orchestrator.Experts.Configuration;

/// <summary>What must hold between entries, beyond each value on its own.</summary>
static partial class ConfigRules
{
    public static void Check(OrchestratorConfig config, int serverLine, ConfigErrors errors)
    {
        CheckUrls(config.Server.Urls, serverLine, errors);
        if (config.Server.ApiKeyEnv is { } variable && string.IsNullOrWhiteSpace(variable))
            errors.Add(serverLine, "server.api_key_env is empty; give the name of an environment variable, or null to ask for no key");
        CheckOrigins(config.Server.AllowedOrigins, serverLine, errors);
        CheckBroker(config.Jobs.Rabbitmq, errors);

        // Clients name policies and experts in the same field, so one name must mean one thing.
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var policy in config.Policies)
            CheckName(policy.Name, "policy", policy.Line, taken, errors);
        // A missing or empty id was reported where it was read.
        foreach (var expert in config.Experts.Where(e => e.Id.Length > 0))
            CheckName(expert.Id, "expert", expert.Line, taken, errors);
        foreach (var expert in config.Experts)
            CheckVariants(expert, errors);
        CheckPurposes(config, errors);
        PurposeRules.CheckSpaces(config.Experts, errors);
        CheckRetrieval(config, errors);
        CheckEmbedder(config.Router.Embedder, errors);
    }

    static void CheckEmbedder(EmbedderConfig embedder, ConfigErrors errors)
    {
        if (embedder is { Kind: not null, File: not null })
            errors.Add(1, "router.embedder has both kind and file; a file is a kind of its own, give one of them");
        if (embedder.File is null && embedder with { Kind = null } != new EmbedderConfig())
            errors.Add(1, "router.embedder has pooling, context or threads, which only count with file");
    }

    static void CheckRetrieval(OrchestratorConfig config, ConfigErrors errors)
    {
        if (config.Retrieval.Base is { } id && !config.Experts.Any(expert => expert.Id == id && expert is { Purpose: ExpertPurpose.Embed, QueriesFor: null }))
            errors.Add(1, $"retrieval.base is '{id}', which is no expert of this file that embeds documents");
        if (config.Retrieval.Qdrant is { Url: { Length: > 0 } url } && (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")))
            errors.Add(1, $"retrieval.qdrant.url is '{url}', allowed is an address such as http://127.0.0.1:6333");
    }

    /// <summary>Whether it could be asked a question.</summary>
    static bool Speaks(OrchestratorConfig config, string id) =>
        config.Experts.All(expert => expert.Id != id || expert.Purpose != ExpertPurpose.Embed);

    static void CheckPurposes(OrchestratorConfig config, ConfigErrors errors)
    {
        if (config.Experts.Count > 0 && config.Experts.All(expert => expert.Purpose is not (ExpertPurpose.Answer or ExpertPurpose.Embed)))
            errors.Add(config.Experts[0].Line, "no expert has the purpose 'answer', so no policy could recruit one");
        if (config.Router.Tagger.Expert is { } tagger && config.Experts.All(expert => expert.Id != tagger))
            errors.Add(1, $"router.tagger.expert is '{tagger}', which is no expert of this file");
        if (config.Router.Tagger.Expert is { } silent && !Speaks(config, silent))
            errors.Add(1, $"router.tagger.expert is '{silent}', which embeds and cannot be asked");
        if (config.Router.Tagger is { Recur: var recur, Samples: var samples } && recur > samples)
            errors.Add(1, $"router.tagger.recur is {recur}, more than router.tagger.samples, which is {samples}; it must be 1 to {samples}");
        foreach (var policy in config.Policies)
        {
            if (policy is { Evidence: > 1, Panel: > 1 })
                errors.Add(policy.Line, $"policies.{policy.Name} has evidence {policy.Evidence} and panel {policy.Panel}; one of them must be 1");
            CheckAbstaining(policy, config, errors);
            if (policy.Context?.Reader is { } reader && config.Experts.All(expert => expert.Id != reader))
                errors.Add(policy.Line, $"policies.{policy.Name}.reader is '{reader}', which is no expert of this file");
            if (policy.AggregatorExpert is { } merging && config.Experts.All(expert => expert.Id != merging))
                errors.Add(policy.Line, $"policies.{policy.Name}.aggregator_expert is '{merging}', which is no expert of this file");
            if (policy.AggregatorExpert is { } silentMerger && !Speaks(config, silentMerger))
                errors.Add(policy.Line, $"policies.{policy.Name}.aggregator_expert is '{silentMerger}', which embeds and cannot be asked");
        }
    }

    static void CheckAbstaining(PolicyConfig policy, OrchestratorConfig config, ConfigErrors errors)
    {
        if (policy.Abstain == AbstainTo.Generalist && policy.Generalist is null)
            errors.Add(policy.Line, $"policies.{policy.Name}.abstain is 'generalist' and needs the key 'generalist', an expert's id");
        else if (policy.Abstain != AbstainTo.Generalist && policy.Generalist is { } idle)
            errors.Add(policy.Line, $"policies.{policy.Name}.generalist is '{idle}', which only counts with abstain: generalist");
        else if (policy.Generalist is { } id && !config.Experts.Any(expert => expert.Id == id && expert.Purpose == ExpertPurpose.Answer))
            errors.Add(policy.Line, $"policies.{policy.Name}.generalist is '{id}', which is no expert of this file that answers");
        if (policy is { Abstain: AbstainTo.Panel, Panel: 1, Aggregator: "first" })
            errors.Add(policy.Line, $"policies.{policy.Name}.abstain is 'panel', whose answers the aggregator 'first' would not read; name another aggregator");
    }

    static void CheckVariants(ExpertConfig expert, ConfigErrors errors)
    {
        // A missing or empty name was reported where it was read.
        var names = expert.Variants.Select(v => v.Name).OfType<string>().Where(n => n.Length > 0).ToArray();
        foreach (var name in names.Where(n => !Name().IsMatch(n)))
            errors.Add(expert.Line, $"expert '{expert.Id}' has a variant '{name}': a name is lower-case letters, digits, '.', '_' and '-'");
        foreach (var twice in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
            errors.Add(expert.Line, $"expert '{expert.Id}' has two variants of the name '{twice.Key}'");
    }

    static void CheckName(string name, string kind, int line, Dictionary<string, string> taken, ConfigErrors errors)
    {
        if (!Name().IsMatch(name))
            errors.Add(line, $"{kind} '{name}': a name is lower-case letters, digits, '.', '_' and '-', and starts with one of the first two");
        if (!taken.TryAdd(name, $"the {kind} of line {line}"))
            errors.Add(line, $"{kind} '{name}' has the name of {taken[name]}, names must be unique among experts and policies");
    }

    static void CheckUrls(string urls, int line, ConfigErrors errors)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries))
        {
            // Kestrel takes * and + for "any host"; Uri does not.
            var plain = url.Replace("//*", "//host", StringComparison.Ordinal).Replace("//+", "//host", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                errors.Add(line, $"server.urls has '{url}', allowed are addresses such as http://127.0.0.1:8080, separated by ';'");
        }
    }

    static void CheckOrigins(string origins, int line, ConfigErrors errors)
    {
        foreach (var origin in origins.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(origin => origin != "*"))
        {
            // As browsers write it: nothing after the port, not even a slash, and the scheme's own port left out.
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0
                || !string.Equals(origin, $"{parsed.Scheme}://{parsed.Authority}", StringComparison.OrdinalIgnoreCase))
                errors.Add(line, $"server.allowed_origins has '{origin}', allowed are origins such as http://localhost:3000, separated by ';', or * for any");
        }
    }

    static void CheckBroker(string? address, ConfigErrors errors)
    {
        if (address is not null && (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("amqp" or "amqps")))
            errors.Add(1, "jobs.rabbitmq is no address such as amqp://user:password@127.0.0.1:5672/");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
