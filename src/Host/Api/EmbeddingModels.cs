using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Retrieval;

namespace Orchestrator.Host.Api;

/// <summary>What <c>model</c> may be where texts are embedded.</summary>
static class EmbeddingModels
{
    static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    /// <summary>The expert that is named, or the base of <c>auto</c>.</summary>
    /// <exception cref="ApiException">404 for a name that there is not, 400 for one that answers.</exception>
    public static IEmbeddingExpert Find(Service service, string model)
    {
        string[] embedding = [.. service.Config.Experts.Where(expert => expert.Purpose == ExpertPurpose.Embed).Select(expert => expert.Id)];
        if (embedding.Contains(model) || (model == RoutedEmbedder.Automatic && embedding.Length > 0)) return service.Embedder.Find(model);
        string available = embedding.Length > 0 ? $"those that do are {RoutedEmbedder.Automatic}, {string.Join(", ", embedding)}" : "no expert of this service does; configure one with purpose: embed";
        if (service.Router.Policies.Contains(model) || service.Config.Experts.Any(expert => expert.Id == model))
            throw new ApiException(ApiError.Invalid($"The model '{model}' answers and does not embed; {available}.", "model", "model_not_supported"));
        throw new ApiException(ApiError.ModelNotFound(model, embedding.Length > 0 ? [RoutedEmbedder.Automatic, .. embedding] : ["none that embeds"]));
    }

    /// <summary>A reload between two steps of one request may have replaced a model.</summary>
    /// <exception cref="ApiException">503: vectors of two spaces are never compared.</exception>
    public static void CheckSpace(string one, string other)
    {
        if (one != other)
            throw new ApiException(ApiError.Unavailable($"The model changed while the request ran: '{one}' and '{other}' cannot be compared.", SoonAgain));
    }
}
