using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections.Searching;

namespace Orchestrator.Host.Collections;

/// <summary>What <c>POST /v1/collections/{name}/query</c> asks for.</summary>
/// <param name="Search">Without a vector where the text has yet to be embedded.</param>
/// <param name="Model">That embeds it; <c>auto</c> leaves it to routing.</param>
sealed record QueryRequest(SearchRequest Search, string Model, bool WithText, bool WithMetadata)
{
    const int MostHits = 1000;
    const int LongestQuery = 100_000;
    const double HeaviestWeight = 1000;
    const string Auto = "auto";

    internal static readonly HashSet<string> Known = ["query", "embedding", "space", "mode", "top_k", "filter", "include", "model", "weights"];
    internal static readonly HashSet<string> KnownOfWeights = ["dense", "lexical"];
    static readonly string[] Includable = ["text", "metadata", "embedding"];

    public bool NeedsEmbedding => Search is { Mode: not SearchMode.Lexical, Vector: null };

    public static QueryRequest Read(JsonElement body)
    {
        var fields = RequestObject.Of(body, "", Known);
        string? text = fields.String("query") is { Length: > 0 } given ? RequestObject.Short(given, "query", LongestQuery) : null;
        float[]? vector = RequestObject.Vector(fields, "embedding");
        SearchMode mode = Mode(fields) ?? (text is null && vector is not null ? SearchMode.Dense : SearchMode.Hybrid);
        if (text is null && (vector is null || mode != SearchMode.Dense))
            throw new ApiException(ApiError.Invalid("Missing required parameter: 'query'.", "query", "missing_required_parameter"));
        if (vector is not null && !fields.Has("space"))
            throw new ApiException(ApiError.Invalid(
                "'space' must name the space of the embedding, as /v1/embeddings told it.", "space", "missing_required_parameter"));
        string[] include = Include(fields);
        var (dense, lexical) = Weights(fields);
        var search = new SearchRequest(mode)
        {
            Text = text,
            Vector = vector,
            Space = fields.String("space"),
            TopK = (int)(fields.Integer("top_k", 1, MostHits) ?? 10),
            Filter = FilterReader.Read(fields, "filter"),
            DenseWeight = dense,
            LexicalWeight = lexical,
            WithVectors = include.Contains("embedding"),
        };
        return new QueryRequest(search, fields.String("model") ?? Auto, include.Contains("text"), include.Contains("metadata"));
    }

    static SearchMode? Mode(JsonFields fields) => fields.String("mode") switch
    {
        null => null,
        "hybrid" => SearchMode.Hybrid,
        "dense" => SearchMode.Dense,
        "lexical" => SearchMode.Lexical,
        _ => throw fields.OutOfRange("mode", fields.Find("mode")!.Value, "'hybrid', 'dense' or 'lexical'"),
    };

    static string[] Include(JsonFields fields)
    {
        if (!fields.Has("include")) return ["text", "metadata"];
        string[] include = [.. RequestObject.Items(fields, "include", Includable.Length).Select(item => RequestObject.Text(item.Element, item.Path, 64))];
        return include.Except(Includable).FirstOrDefault() is null
            ? include
            : throw fields.OutOfRange("include", fields.Find("include")!.Value, "an array of 'text', 'metadata' and 'embedding'");
    }

    static (double Dense, double Lexical) Weights(JsonFields fields)
    {
        if (fields.Find("weights") is not { } value) return (1, 1);
        var weights = RequestObject.Of(value, "weights", KnownOfWeights);
        return (weights.Number("dense", 0, HeaviestWeight) ?? 1, weights.Number("lexical", 0, HeaviestWeight) ?? 1);
    }
}
