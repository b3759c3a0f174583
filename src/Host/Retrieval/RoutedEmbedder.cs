using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Host.Retrieval;

/// <summary>
/// Turns texts into vectors. A query is embedded by the base expert, which places it among the pilots, and then by the expert
/// that those choose; all of them embed into the base's space, so that one index serves every expert.
/// </summary>
/// <param name="pilots">Null leaves every query to the base.</param>
sealed class RoutedEmbedder(ExpertPool pool, OrchestratorConfig config, PilotLibrary? pilots)
{
    /// <summary>What clients write for the expert that routing chooses.</summary>
    public const string Automatic = "auto";

    readonly PilotOptions _options = new() { Rule = config.Retrieval.Rule, Floor = config.Retrieval.Floor };

    /// <summary>
    /// Id of the expert that embeds documents where none is named: as configured, or the pilots' own, or the first that
    /// embeds documents; null where there is none.
    /// </summary>
    public string? Base { get; } = config.Retrieval.Base ?? pilots?.Base
        ?? config.Experts.FirstOrDefault(expert => expert is { Purpose: ExpertPurpose.Embed, QueriesFor: null })?.Id;

    /// <param name="model">Id of an expert, or <see cref="Automatic"/>.</param>
    /// <param name="call">The documents of <see cref="Automatic"/> are the base's.</param>
    /// <exception cref="ExpertException">No expert of that id embeds, or it cannot embed these texts.</exception>
    public async Task<RoutedVectors> EmbedAsync(string model, EmbeddingCall call, CancellationToken cancellationToken)
    {
        if (model == Automatic && call.Side == EmbeddedSide.Query)
            return await RouteAsync(call, cancellationToken);
        var expert = Find(model);
        var embedded = await expert.EmbedAsync(call, cancellationToken);
        return new RoutedVectors(expert.Space, [.. embedded.Vectors.Select(vector => new RoutedVector(expert.Id, vector))], embedded.Tokens);
    }

    /// <summary>The expert that is named; the base stands for <see cref="Automatic"/>.</summary>
    /// <exception cref="ExpertException">No expert of that id embeds.</exception>
    public IEmbeddingExpert Find(string model) => pool.GetEmbedder(model != Automatic ? model : Base
        ?? throw new ExpertException(ExpertFailure.Unknown, model, "no expert of this service embeds; configure one with purpose: embed"));

    async Task<RoutedVectors> RouteAsync(EmbeddingCall call, CancellationToken cancellationToken)
    {
        var documents = Find(Automatic);
        var placed = await documents.EmbedAsync(call, cancellationToken);
        // A reload that replaces the base's file is seen here before its new pilots are.
        if (pilots is null || pilots.Space != documents.Space)
            return new RoutedVectors(documents.Space, [.. placed.Vectors.Select(vector => new RoutedVector(documents.Id, vector))], placed.Tokens);
        CheckDimensions(documents.Id, placed.Vectors);
        // A model that a reload replaced embeds into another space, whatever its id.
        var available = pool.Snapshot()
            .Where(expert => expert.IsUsable && expert.Space == documents.Space).Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal);
        RoutedVector[] items = [.. placed.Vectors.Select(vector => Chosen(vector, available))];
        var groups = Enumerable.Range(0, items.Length).Where(i => items[i].Expert != documents.Id)
            .GroupBy(i => items[i].Expert, StringComparer.Ordinal).ToArray();
        var tokens = await Task.WhenAll(groups.Select(group => AgainAsync(group.Key, [.. group])));
        return new RoutedVectors(documents.Space, items, placed.Tokens + tokens.Sum());

        // Each group writes items of its own.
        async Task<int> AgainAsync(string expert, int[] indices)
        {
            try
            {
                var chosen = pool.GetEmbedder(expert);
                if (chosen.Space != documents.Space)
                    throw new ExpertException(ExpertFailure.Unknown, expert, $"the expert '{expert}' was replaced and embeds into another space");
                var embedded = await chosen.EmbedAsync(call with { Texts = [.. indices.Select(i => call.Texts[i])] }, cancellationToken);
                foreach (var (i, vector) in indices.Zip(embedded.Vectors))
                    items[i] = items[i] with { Vector = vector };
                return embedded.Tokens;
            }
            catch (ExpertException failure) when (failure.Failure.AnotherMayHelp())
            {
                var others = available.Where(other => other != expert).ToHashSet(StringComparer.Ordinal);
                foreach (var i in indices)
                    items[i] = Without(placed.Vectors[i], others, failure.Message);
                return 0;
            }
        }
    }

    RoutedVector Chosen(float[] query, IReadOnlyCollection<string> available)
    {
        var route = pilots!.Route(query, _options, available);
        return new RoutedVector(route.Expert, query, route);
    }

    /// <summary>Where an expert failed the base stands in, whose vector is there already.</summary>
    RoutedVector Without(float[] query, IReadOnlyCollection<string> others, string why)
    {
        var route = Chosen(query, others).Route!;
        return new RoutedVector(pilots!.Base, query, route with { Expert = pilots.Base, Fallback = true, Reasons = [.. route.Reasons, $"It failed: {why}."] });
    }

    void CheckDimensions(string expert, IReadOnlyList<float[]> vectors)
    {
        if (pilots is { Dimensions: > 0 and var expected } && vectors.FirstOrDefault(vector => vector.Length != expected) is { } other)
        {
            throw new ExpertException(
                ExpertFailure.Failed, expert, $"the pilots have {expected} dimensions, but '{expert}' embeds into {other.Length}; run 'orchestrator train pilots' again");
        }
    }
}
