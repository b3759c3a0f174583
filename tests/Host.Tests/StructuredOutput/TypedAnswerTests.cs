using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Orchestrator.Client;

namespace Orchestrator.Host.Tests.StructuredOutput;

/// <summary>Answers as .NET types through Microsoft.Extensions.AI, from a model that is held to their schema.</summary>
public sealed class TypedAnswerTests(StructuredService service) : IClassFixture<StructuredService>
{
    [Fact]
    public Task GetResponse_OfRecord_IsOne() => AssertTypedAsync<Order>();

    [Fact]
    public Task GetResponse_OfRecordThatHoldsItself_IsOne() => AssertTypedAsync<Node>();

    [Fact]
    public Task GetResponse_OfDerivedRecords_IsOneOfThem() => AssertTypedAsync<Figure>();

    [Fact]
    public Task GetResponse_OfDictionary_IsOne() => AssertTypedAsync<Stock>();

    [Fact]
    public Task GetResponse_OfList_IsOne() => AssertTypedAsync<Colour[]>();

    async Task AssertTypedAsync<T>()
    {
        using var client = new OrchestratorChatClient(new OrchestratorClientOptions { Endpoint = service.Address }, "one");
        var ended = 0;
        for (var seed = 1; seed <= 8; seed++)
        {
            var answer = await client.GetResponseAsync<T>("go", new ChatOptions { Seed = seed, MaxOutputTokens = 1000 });
            if (answer.FinishReason != ChatFinishReason.Stop) continue;
            Assert.NotNull(answer.Result);
            ended++;
        }

        Assert.True(ended > 0, "no answer came to its end");
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
    public enum Colour { Red, Green }

    public sealed record Order(
        [property: StringLength(8)] string Name, long Count, double? Weight, bool Paid, Colour Colour, DateTime Placed, DateOnly Due, TimeOnly At,
        Guid Id, [property: MaxLength(3)] List<long> Items, Address To, Address? From, Colour? Other = null);

    public sealed record Address([property: StringLength(8, MinimumLength = 1)] string Street, [property: StringLength(8)] string? Town);

    public sealed record Node(long Value, Node? Next);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    public abstract record Figure(Colour Colour);

    public sealed record Circle(Colour Colour, double Radius) : Figure(Colour);

    public sealed record Square(Colour Colour, double Side) : Figure(Colour);

    public sealed record Stock(Dictionary<string, long> Pieces);
}
