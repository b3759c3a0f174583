using Orchestrator.Host.OpenApi.Operations;

namespace Orchestrator.Host.OpenApi.Schemas;

/// <summary>What the description tells of the types that replies are made of, and of their properties.</summary>
static class ReplyWords
{
    static readonly Dictionary<Type, TypeWords> Known = ((IEnumerable<TypeWords>)
        [.. ChatWords.All, .. ModelWords.All, .. EmbeddingWords.All, .. JobWords.All, .. CollectionWords.All, .. ServiceWords.All])
        .ToDictionary(words => words.Type);

    public static IReadOnlyCollection<TypeWords> All => Known.Values;

    /// <returns>Nothing is told of a type without words.</returns>
    public static TypeWords Of(Type type) => Known.GetValueOrDefault(type) ?? new TypeWords(type, null, []);
}

/// <param name="Properties">By their names on the wire.</param>
sealed record TypeWords(Type Type, string? Text, (string Name, string Text)[] Properties)
{
    public static TypeWords For<T>(string text, params (string Name, string Text)[] properties) => new(typeof(T), text, properties);

    public string? Of(string property) => Array.Find(Properties, told => told.Name == property).Text;
}
