using System.Text.Json;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;

namespace Orchestrator.Client.Plugin;

/// <summary><c>search_collection</c>: the documents that say most about a query.</summary>
sealed class SearchCollection(OrchestratorCollections collections) : PluginFunction(
    "search_collection",
    "Finds the documents of a collection that fit a query best, by meaning and by words. Where you know no collection, try any name: the error lists those that there are.",
    Collection, Query, Top, Mode, Filter)
{
    const int MostHits = 50;
    const int MostNames = 20;

    static readonly Parameter<string> Collection = new("collection", "Name of the collection.", new TextShape()) { Required = true };

    static readonly Parameter<string> Query = new("query", "What to look for: a question, or words of the documents.", new TextShape()) { Required = true };

    static readonly Parameter<int> Top = new("top", "How many documents you want at most. Of fewer you read more of each.", new WholeNumberShape(1, MostHits)) { Default = 5 };

    static readonly Parameter<string> Mode = new(
        "mode", "'dense' finds by meaning, 'lexical' by words, 'hybrid' by both.", new TextShape("hybrid", "dense", "lexical"))
    {
        Default = "hybrid",
    };

    static readonly Parameter<JsonElement?> Filter = new(
        "filter",
        """
        Conditions on the metadata: 'must', 'should' and 'must_not' are lists of conditions, each {"key": name, "match": {"value": v}},
        {"key": name, "match": {"any": [v, w]}} or {"key": name, "range": {"gt", "gte", "lt", "lte": number}}.
        Example: {"must": [{"key": "year", "range": {"gte": 1960}}]}. Leave it out to search all documents.
        """,
        new FreeObjectShape());

    protected override async Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var collection = arguments.Get(Collection);
        if (CollectionNames.Problem(collection) is { } problem) throw new ArgumentProblem($"The argument '{Collection.Name}' is wrong: {problem}");
        var query = new CollectionQuery(arguments.Get(Query))
        {
            Top = arguments.Find(Top),
            Mode = arguments.Find(Mode),
            Filter = arguments.Find(Filter),
        };
        try
        {
            var hits = await collections.QueryAsync(collection, query, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.SerializeToElement(SearchResult.Of(hits, query.Top), PluginJson.Plain.SearchResult);
        }
        catch (OrchestratorException missing) when (OrchestratorCollections.IsAbsent(missing))
        {
            var all = await collections.ListAsync(cancellationToken).ConfigureAwait(false);
            throw new OrchestratorException($"{missing.Message} {Told([.. all.Select(one => one.Name)])}", missing.Status, missing.Code, missing);
        }
    }

    static string Told(string[] names) => names switch
    {
        [] => "There is none at all: documents must be added to one before they can be found.",
        { Length: <= MostNames } => $"There are: {string.Join(", ", names)}.",
        _ => $"There are: {string.Join(", ", names[..MostNames])} and {names.Length - MostNames} more.",
    };
}
