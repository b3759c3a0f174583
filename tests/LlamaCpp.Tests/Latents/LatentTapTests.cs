using System.Numerics.Tensors;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Latents;

/// <summary>What a tap sees and what its changes do, on the CPU and where there is one on a GPU.</summary>
public sealed class LatentTapTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    const int Layers = 4;

    /// <summary>
    /// Of log-probabilities on a GPU. It computes nodes together between which nobody looks, which moves last bits, and those
    /// of the cache are 16 bits.
    /// </summary>
    const float GpuTolerance = 1e-2f;

    static readonly TinyGguf Model = TinyGguf.Random(seed: 3, layers: Layers);

    public static TheoryData<int> Offloaded => Offload.Layers;

    /// <summary>Changes that change nothing.</summary>
    public static TheoryData<int, string> Idle => Offload.With<string>(["read", "write back", "add zero"]);

    /// <summary>Each depth with each offload.</summary>
    public static TheoryData<int, int> Depths => Offload.With(Enumerable.Range(0, Layers + 1));

    [Fact]
    public void Devices_WhereAGpuIsPromised_HaveOne() =>
        Assert.Equal(Offload.Expected, Offload.Expected && fixture.Runtime.Devices.Any(device => device.Kind == ComputeDeviceKind.Gpu));

    [Theory]
    [MemberData(nameof(Idle))]
    public async Task Visit_ChangesNothing_LogitsAreTheSameToTheBit(int layers, string change)
    {
        await using var engine = await LoadAsync(layers);
        var plain = await engine.ScoredAsync(TapRequests.Ask("What is it?"));
        var seen = await engine.ScoredAsync(TapRequests.Ask("What is it?", engine.Recorder()));

        var tapped = await engine.ScoredAsync(TapRequests.Ask("What is it?", engine.Recorder((_, _, rows) =>
        {
            if (change == "add zero")
                TensorPrimitives.Add(rows, 0f, rows);
            return change != "read";
        })));

        ScoredAnswer.AssertSame(seen, tapped);
        if (layers == 0)
            ScoredAnswer.AssertSame(plain, tapped);
        else
            ScoredAnswer.AssertClose(plain, tapped, GpuTolerance);
    }

    [Theory]
    [MemberData(nameof(Offloaded))]
    public async Task Visit_SequencesInOneBatch_EachSeesItsOwnEmbeddings(int layers)
    {
        await using var engine = await LoadAsync(layers, TapRequests.Options(layers) with { BatchSize = 16, PrefillChunk = 5 });
        var taps = Enumerable.Range(0, 4).Select(_ => engine.Recorder()).ToArray();
        var requests = taps.Select((tap, i) => TapRequests.Ask($"Question {i}{new string('?', 9 * i)}", i == 2 ? null : tap)).ToArray();

        var answers = await fixture.TogetherAsync(engine, requests);

        foreach (var i in (int[])[0, 1, 3])
        {
            var prompt = engine.Tokens(requests[i]);
            for (var position = 0; position < prompt.Length; position++)
                Assert.Equal(Embedding(prompt[position]), taps[i].Row(0, position));
            Assert.All(Enumerable.Range(0, Layers + 1), depth => Assert.Equal(answers[i].Decoded, taps[i].Count(depth)));
        }
        Assert.Empty(taps[2].Visits);
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public async Task Visit_ChangesOneRow_ReachesThatRowAndWhatComesAfterIt(int layers, int depth)
    {
        const int Position = 4;
        await using var engine = await LoadAsync(layers);
        var before = engine.Recorder();
        await engine.ScoredAsync(TapRequests.Ask("What is it?", before));
        var after = engine.Recorder((at, position, rows) =>
        {
            if (at != depth || position > Position)
                return false;
            var row = rows.Slice((Position - position) * engine.Width, engine.Width);
            TensorPrimitives.Negate(row, row);
            return true;
        });

        await engine.ScoredAsync(TapRequests.Ask("What is it?", after));

        var prompt = engine.Tokens(TapRequests.Ask("What is it?")).Length;
        for (var at = 0; at <= Layers; at++)
        {
            for (var position = 0; position < prompt; position++)
            {
                // The next block's attention carries it to all later rows.
                var same = at <= depth || position < Position;
                Assert.Equal(same, before.Row(at, position).SequenceEqual(after.Row(at, position)));
            }
        }
    }

    /// <summary>With all rows of another prompt it goes on as that one did: all was written where it belongs.</summary>
    [Theory]
    [MemberData(nameof(Depths))]
    public async Task Visit_PutsTheRowsOfAnotherPrompt_AnswersThatOne(int layers, int depth)
    {
        await using var engine = await LoadAsync(layers);
        var (asked, other) = ("What is it?", "Who was he!");
        var recorder = engine.Recorder();
        var expected = await engine.ScoredAsync(TapRequests.Ask(other, recorder));

        var answer = await engine.ScoredAsync(TapRequests.Ask(asked, new RecordingTap(depth)
        {
            Width = engine.Width,
            Change = (_, position, rows) =>
            {
                for (var i = 0; i < rows.Length / engine.Width; i++)
                    recorder.Row(depth, position + i).CopyTo(rows[(i * engine.Width)..]);
                return true;
            },
        }));

        Assert.NotEqual(expected.Text, (await engine.ScoredAsync(TapRequests.Ask(asked))).Text);
        // The tokens of the prompts are not the same, so only what was answered has scores to compare.
        (expected, answer) = (expected.WithoutPrompt(), answer.WithoutPrompt());
        if (layers == 0)
            ScoredAnswer.AssertSame(expected, answer);
        else
            ScoredAnswer.AssertClose(expected, answer, GpuTolerance);
    }

    [Theory]
    [MemberData(nameof(Offloaded))]
    public async Task Visit_WritesTheLastDepth_LogitsFollowFromIt(int layers)
    {
        await using var engine = await LoadAsync(layers);
        float[] written = [.. Enumerable.Range(0, engine.Width).Select(i => MathF.Sin(i))];
        var logits = Logits(written);

        var answer = await engine.ScoredAsync(TapRequests.Ask("What?", new RecordingTap(Layers)
        {
            Width = engine.Width,
            Change = (_, _, rows) =>
            {
                for (var start = 0; start < rows.Length; start += written.Length)
                    written.CopyTo(rows[start..]);
                return true;
            },
        }, maxTokens: 3));

        var expected = TensorPrimitives.Max<float>(logits) - MathF.Log(logits.Sum(MathF.Exp));
        Assert.All(answer.Scores.Answer, score => Assert.Equal(expected, score.LogProbability, 1e-3f));
    }

    [Theory]
    [MemberData(nameof(Offloaded))]
    public async Task Visit_ChangesAllRowsOfANeighbour_LeavesTheOthersToTheBit(int layers)
    {
        // One step a prompt, or pieces of several; one tapped sequence between the others.
        foreach (var batch in (int[])[512, 9])
        {
            await using var engine = await LoadAsync(layers, TapRequests.Options(layers) with { BatchSize = batch, PrefillChunk = 5 });
            string[] asked = ["What is it?", "And what is that there?", "Who?"];
            var requests = asked.Select(text => TapRequests.Ask(text)).ToArray();
            var seen = requests[1] with { Tap = layers == 0 ? null : engine.Recorder() };
            var plain = await fixture.TogetherAsync(engine, requests[0], seen, requests[2]);
            var tap = engine.Recorder((_, _, rows) =>
            {
                TensorPrimitives.Multiply(rows, -1.5f, rows);
                return true;
            });

            var together = await fixture.TogetherAsync(engine, requests[0], requests[1] with { Tap = tap }, requests[2]);

            // Of equal length, so that all had the same steps.
            Assert.All(plain.Concat(together), answer => Assert.Equal(12, answer.Usage.CompletionTokens));
            Assert.NotEqual(plain[1].Text, together[1].Text);
            ScoredAnswer.AssertSame(plain[0], together[0]);
            ScoredAnswer.AssertSame(plain[2], together[2]);
        }
    }

    Task<BatchEngine> LoadAsync(int layers, BatchEngineOptions? options = null) =>
        fixture.LoadAsync(Model, options ?? TapRequests.Options(layers));

    static float[] Embedding(int token)
    {
        var table = Model.Tensor("token_embd.weight");
        return [.. table.Values.AsSpan(token * table.Shape[0], table.Shape[0])];
    }

    /// <summary>RMS norm with weights of one, then the output matrix.</summary>
    static float[] Logits(float[] row)
    {
        var output = Model.Tensor("output.weight");
        var scale = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(row) / row.Length) + 1e-5f);
        return [.. Enumerable.Range(0, output.Shape[1])
            .Select(token => scale * TensorPrimitives.Dot(row, output.Values.AsSpan(token * row.Length, row.Length)))];
    }
}
