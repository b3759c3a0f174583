using System.Text.Json;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Retrieval.Tests.Collections.Documents;

public sealed class FieldsTests
{
    [Theory]
    [InlineData("""{"a":"x","b-1":1960,"c_2":-0.5,"d":true,"e":[],"f":["ä","ö"]}""", null)]
    [InlineData("""{"a":1960.0,"big":1e300,"none":null}""", """{"a":1960,"big":1E+300}""")]
    [InlineData("""{"a":9007199254740991,"b":-9007199254740991,"c":-0.0}""", """{"a":9007199254740991,"b":-9007199254740991,"c":0}""")]
    [InlineData("{}", null)]
    public void Write_WhatWasRead_IsTheSame(string json, string? written) => Assert.Equal(written ?? json, Fields.Write(Read(json)));

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{"a.b":1}""", "'a.b'")]
    [InlineData("""{"":1}""", "letters")]
    [InlineData("""{"a":{"b":1}}""", "'a'")]
    [InlineData("""{"a":["x",1]}""", "'a'")]
    [InlineData("""{"a":1e999}""", "'a' cannot be kept: a number must be within ±1.79")]
    public void Read_WhatIsNotFlat_SaysWhere(string json, string word) =>
        Assert.Contains(word, Assert.Throws<CollectionException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1234567890123456789}""")]
    [InlineData("""{"a":-9007199254740992}""")]
    public void Accept_WholeNumberThatWouldBeChanged_SaysHowToSendIt(string json) => Assert.Equal(
        "Invalid metadata: 'a' cannot be kept: a whole number must be within ±9007199254740991, or it would be changed; send a larger one as a string.",
        Assert.Throws<CollectionException>(() => Fields.Accept(JsonDocument.Parse(json).RootElement)).Message);

    [Theory]
    [InlineData("""{"a":9007199254740991,"b":-9007199254740991}""")]
    [InlineData("""{"a":6.02e23,"b":9007199254740992.0}""")]
    public void Accept_OtherNumbers_AreKeptAndReadBackFromWhatIsStored(string json)
    {
        string stored = Fields.Write(Fields.Accept(JsonDocument.Parse(json).RootElement));

        Assert.Equal(stored, Fields.Write(Read(stored)));
    }

    [Fact]
    public void Read_TooManyFields_IsRefused()
    {
        string json = "{" + string.Join(',', Enumerable.Range(0, Fields.MostFields + 1).Select(i => $"\"f{i}\":1")) + "}";

        Assert.Contains("65", Assert.Throws<CollectionException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    static IReadOnlyDictionary<string, FieldValue> Read(string json) => Fields.Read(JsonDocument.Parse(json).RootElement);
}
