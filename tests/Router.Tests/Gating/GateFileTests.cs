using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Gating;
using Xunit;

namespace Orchestrator.Router.Tests.Gating;

public sealed class GateFileTests : IDisposable
{
    static readonly RetrievalGate Gate =
        new([1, 2, 3, 4, 5], 0.5, [0, 0, 0, 0, 0], [1, 1, 1, 1, 1], 0.4, new GateFacts("stock", 100, 0.4, 0.5, 0.9, 0.5));

    readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    string File => Path.Combine(_folder, "gates.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WhatWasWritten_DecidesAlike()
    {
        GateFile.Write(File, "ask", Gate);

        var read = GateFile.Read(File)["ask"];

        var features = new GateFeatures(0.1, 0.2, -0.3, 0.4, -0.5);
        Assert.Equal(Gate.Decide(features), read.Decide(features));
        Assert.Equal(Gate.Fitted, read.Fitted);
    }

    [Fact]
    public void Write_GatesOfOthers_Stay()
    {
        GateFile.Write(File, "ask", Gate);
        GateFile.Write(File, "other", Gate with { Threshold = 0.9 });

        Assert.Equal([("ask", 0.4), ("other", 0.9)], GateFile.Read(File).Select(pair => (pair.Key, pair.Value.Threshold)).Order());
    }

    [Fact]
    public void Read_NoFile_HasNone() => Assert.Empty(GateFile.Read(File));

    [Theory]
    [InlineData(double.PositiveInfinity, 0.4, "is not within")]
    [InlineData(1e308, 0.4, "is not within")]
    [InlineData(1, 7, "The threshold of the gate of 'ask' is not in 0 to 1")]
    public void Read_NumbersThatNoFitHas_AreRefused(double mean, double threshold, string problem)
    {
        System.IO.File.WriteAllText(File, $$"""
            {"ask":{"weights":[1,1,1,1,1],"bias":0,"means":[{{(double.IsInfinity(mean) ? "1e400" : mean.ToString("R", System.Globalization.CultureInfo.InvariantCulture))}},0,0,0,0],
            "scales":[1,1,1,1,1],"threshold":{{threshold.ToString(System.Globalization.CultureInfo.InvariantCulture)}},
            "fitted":{"collection":"a","questions":1,"never":0,"always":0,"gated":0,"retrieved":0} } }
            """);

        Assert.Contains(problem, Assert.Throws<ConfigException>(() => GateFile.Read(File)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "no gates of 'orchestrator train gate'")]
    [InlineData("""{"ask":null}""", "The gate of 'ask' is null")]
    [InlineData("""{"ask":{"weights":[1],"bias":0,"means":[1],"scales":[1],"threshold":0.5,"fitted":{"collection":"a","questions":1,"never":0,"always":0,"gated":0,"retrieved":0}}}""", "needs 5 weights")]
    public void Read_Malformed_SaysWhat(string text, string problem)
    {
        System.IO.File.WriteAllText(File, text);

        var thrown = Assert.Throws<ConfigException>(() => GateFile.Read(File));

        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(File, thrown.Message, StringComparison.Ordinal);
    }
}
