namespace Orchestrator.Experts.Configuration;

/// <summary>Which keys go with which purpose, and whom an expert that embeds queries may name.</summary>
static class PurposeRules
{
    /// <summary>Longest text that one step of an embedding engine takes.</summary>
    const int LongestText = 65_536;

    /// <summary>What clients write for the expert that routing chooses.</summary>
    const string Automatic = "auto";

    static readonly string[] OnlyEmbedding = ["pooling", "query_prefix", "document_prefix", "queries_for", "remote"];

    /// <summary>How answers are written, and twins in fewer bits, whose vectors would be of another space.</summary>
    static readonly string[] NotEmbedding = ["variants", "chat_template", "sampling", "max_tokens", "latent_tap", "tools"];

    /// <summary>What it takes to run a file here.</summary>
    static readonly string[] NotRemote =
    [
        "file", "adapter", "adapter_scale", "context", "max_sequences", "threads", "gpu_layers", "memory_map", "pin", "preload",
        "priority", "idle_unload", "for_router", "pooling", "queries_for",
    ];

    /// <param name="written">Keys of the expert's own entry; what it has from <c>defaults</c> may mean others.</param>
    public static void CheckKeys(ExpertConfig expert, string where, IReadOnlySet<string> written, ConfigErrors errors)
    {
        if (expert.File.Length == 0 && expert.Remote is null && !written.Contains("file") && !written.Contains("remote"))
            errors.Add(expert.Line, $"{where} needs the key 'file'");
        if (expert.Purpose != ExpertPurpose.Embed)
        {
            Refuse(OnlyEmbedding, "only counts with purpose: embed");
            return;
        }

        if (expert.Id == Automatic)
            errors.Add(expert.Line, $"{where}.id is '{Automatic}', which names the routing between experts that embed");
        Refuse(NotEmbedding, "does not count with purpose: embed");
        if (expert.Remote is { } remote)
        {
            Refuse(NotRemote, "does not count with remote, which runs elsewhere");
            CheckUrl(remote.Url, $"{where}.remote.url");
        }

        if (expert.QueriesFor is not null)
            Refuse(["document_prefix"], "does not count with queries_for: its documents are embedded by that expert");
        if (expert.Context > LongestText)
            errors.Add(expert.Line, $"{where}.context is {expert.Context}, with purpose: embed allowed is up to {LongestText}");

        void Refuse(string[] keys, string why)
        {
            foreach (var key in keys.Where(written.Contains))
                errors.Add(expert.Line, $"{where}.{key} {why}");
        }

        void CheckUrl(string url, string name)
        {
            // A missing one was reported where it was read.
            if (!string.IsNullOrEmpty(url) && (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")))
                errors.Add(expert.Line, $"{name} is '{url}', allowed is an address such as http://127.0.0.1:8081/v1");
        }
    }

    /// <summary>What must hold between experts that embed.</summary>
    public static void CheckSpaces(IReadOnlyList<ExpertConfig> experts, ConfigErrors errors)
    {
        foreach (var expert in experts.Where(expert => expert is { Purpose: ExpertPurpose.Embed, QueriesFor: not null }))
        {
            if (Fault(expert, experts.FirstOrDefault(other => other.Id == expert.QueriesFor)) is { } fault)
                errors.Add(expert.Line, $"expert '{expert.Id}' has queries_for: {expert.QueriesFor}, {fault}");
        }
    }

    static string? Fault(ExpertConfig expert, ExpertConfig? documents) => documents switch
    {
        null => "which is no expert of this file",
        { Purpose: not ExpertPurpose.Embed } => "which does not embed; it must have purpose: embed",
        _ when documents.Id == expert.Id => "which is itself",
        { Remote: not null } => "which is remote; both must be of one file here",
        { QueriesFor: not null } => $"which itself has queries_for; name '{documents.QueriesFor}', which embeds the documents",
        _ when documents.File != expert.File => $"which is of another file; both must have the file of '{documents.Id}'",
        _ when documents.Pooling != expert.Pooling => "which has another pooling; both must have the same",
        _ => null,
    };
}
