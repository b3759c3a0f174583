using System.Text.Json;
using Microsoft.OpenApi;
using Orchestrator.Host.Collections;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Operations;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>What is described of requests is what the readers know.</summary>
public sealed class RequestsTests
{
    static OpenApiSchema Part(OpenApiSchema schema, string property) => (OpenApiSchema)schema.Properties![property];

    public static TheoryData<string> Names => [.. Described.Keys];

    static Dictionary<string, (OpenApiSchema Schema, IEnumerable<string> Known)> Described { get; } = new(StringComparer.Ordinal)
    {
        ["chat"] = (ChatBody.Sent, [.. ChatRequestReader.Honoured, "user"]),
        ["chat.stream_options"] = (Part(ChatBody.Sent, "stream_options"), ChatRequestReader.KnownOfStream),
        ["chat.response_format"] = (Part(ChatBody.Sent, "response_format"), ResponseFormatReader.Known),
        ["chat.response_format.json_schema"] = (Part(Part(ChatBody.Sent, "response_format"), "json_schema"), ResponseFormatReader.KnownOfSchema),
        ["embeddings"] = (EmbeddingBodies.Embed, EmbeddingRequestReader.Known),
        ["rerank"] = (EmbeddingBodies.Rerank, RerankRequest.Known),
        ["feedback"] = (FeedbackBody.Sent, FeedbackRequest.Known),
        ["evaluations"] = (EvaluationBody.Sent, EvaluationRequest.Known),
        ["evaluations.question"] = (EvaluationBody.Question, LabelledQuestionReader.Known),
        ["batches"] = (JobBodies.Create, BatchRequestReader.Known),
        ["collections"] = (CollectionBodies.Create, CreationRequest.Known),
        ["query"] = (CollectionBodies.Query, QueryRequest.Known),
        ["query.weights"] = (Part(CollectionBodies.Query, "weights"), QueryRequest.KnownOfWeights),
        ["documents"] = (CollectionBodies.Upsert, UpsertRequest.Known),
        ["documents.document"] = (CollectionBodies.Document, UpsertRequest.KnownOfDocument),
        ["delete"] = (CollectionBodies.Delete, DeletionRequest.Known),
        ["filter"] = (FilterSchema.Sent(""), FilterReader.Known),
        ["filter.condition"] = (FilterSchema.Condition, FilterReader.KnownOfCondition),
        ["filter.match"] = (FilterSchema.Match, FilterReader.KnownOfMatch),
        ["filter.range"] = (FilterSchema.Range, FilterReader.KnownOfRange),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Properties_OfARequest_AreThoseThatItsReaderKnows(string name)
    {
        var (schema, known) = Described[name];

        Assert.Equal(known.Order(StringComparer.Ordinal), schema.Properties!.Keys.Order(StringComparer.Ordinal));
    }

    static Dictionary<string, (OpenApiSchema Schema, string Least, Func<JsonElement, object> Read)> Readers { get; } = new(StringComparer.Ordinal)
    {
        ["chat"] = (ChatBody.Sent, """{"model": "m", "messages": [{"role": "user", "content": "q"}]}""", ChatRequestReader.Read),
        ["embeddings"] = (EmbeddingBodies.Embed, """{"model": "m", "input": ["t"]}""", EmbeddingRequestReader.Read),
        ["rerank"] = (EmbeddingBodies.Rerank, """{"model": "m", "query": "q", "documents": ["t"]}""", RerankRequest.Read),
        ["feedback"] = (FeedbackBody.Sent, """{"request_id": "r", "score": 1}""", FeedbackRequest.Read),
        ["evaluations"] = (EvaluationBody.Sent, """{"model": "m", "questions": [{"question": "q", "reference": "r"}]}""", EvaluationRequest.Read),
        ["batches"] = (JobBodies.Create, """{"input_file_id": "f", "endpoint": "/v1/chat/completions", "completion_window": "24h"}""", BatchRequestReader.Read),
        ["collections"] = (CollectionBodies.Create, """{"name": "n"}""", CreationRequest.Read),
        ["query"] = (CollectionBodies.Query, """{"query": "q"}""", QueryRequest.Read),
        ["documents"] = (CollectionBodies.Upsert, """{"documents": [{"id": "1", "text": "t"}]}""", UpsertRequest.Read),
        ["delete"] = (CollectionBodies.Delete, """{"ids": ["1"]}""", DeletionRequest.Read),
    };

    public static TheoryData<string> Read => [.. Readers.Keys];

    /// <summary>What is not required is not, and what is, is.</summary>
    [Theory]
    [MemberData(nameof(Read))]
    public void Required_Properties_AreThoseThatTheReaderWants(string name)
    {
        var (schema, least, read) = Readers[name];
        read(Json(least));

        Assert.All(schema.Required ?? new HashSet<string>(), needed => Assert.Throws<ApiException>(() => read(Json(Without(least, needed)))));
    }

    /// <summary>Semantic Kernel sends an empty object for each that is described; it must ask for nothing.</summary>
    [Theory]
    [MemberData(nameof(Read))]
    public void Objects_ThatAreEmpty_AskForNothing(string name)
    {
        var (schema, least, read) = Readers[name];
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(least)!;
        foreach (var property in schema.Properties!.Where(property => property.Value.Type == JsonSchemaType.Object))
            fields.TryAdd(property.Key, Json("{}"));

        Assert.NotNull(read(JsonSerializer.SerializeToElement(fields)));
    }

    public static TheoryData<string, string> Bounded => Properties(property => property.Maximum is not null || property.Minimum is not null);

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Bounds_OfANumber_AreThoseOfTheReader(string name, string property)
    {
        var (schema, least, read) = Readers[name];
        var bounds = (OpenApiSchema)schema.Properties![property];
        void Send(double number) => read(Json(With(Without(least, property), property, number.ToString("R"))));

        foreach (var bound in (string?[])[bounds.Minimum, bounds.Maximum])
            if (bound is not null) Send(double.Parse(bound));
        if (bounds.Minimum is { } minimum) Assert.Throws<ApiException>(() => Send(double.Parse(minimum) - 1));
        if (bounds.Maximum is { } maximum) Assert.Throws<ApiException>(() => Send(double.Parse(maximum) + 1));
    }

    public static TheoryData<string, string> Worded => Properties(property => property.Enum is not null);

    [Theory]
    [MemberData(nameof(Worded))]
    public void Words_OfAText_AreThoseOfTheReader(string name, string property)
    {
        var (schema, least, read) = Readers[name];
        void Send(string json) => read(Json(With(Without(least, property), property, json)));

        foreach (var word in schema.Properties![property].Enum!) Send(word.ToJsonString());
        Assert.Throws<ApiException>(() => Send("\"another\""));
    }

    static TheoryData<string, string> Properties(Func<IOpenApiSchema, bool> which)
    {
        var found = new TheoryData<string, string>();
        foreach (var (name, reader) in Readers)
            foreach (var property in reader.Schema.Properties!.Where(property => which(property.Value))) found.Add(name, property.Key);
        return found;
    }

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    static string Without(string json, string property)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
        fields.Remove(property);
        return JsonSerializer.Serialize(fields);
    }

    static string With(string json, string property, string value)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
        fields[property] = Json(value);
        return JsonSerializer.Serialize(fields);
    }
}
